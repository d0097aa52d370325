package main

import (
	encoding "encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	crdvalidation "istio.io/istio/pkg/config/crd"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/test/env"
)

// Verdict is one sentence of one of Istio's three judges about one object.
type Verdict struct {
	File   string `json:"file"`
	By     string `json:"by"`    // api-server | webhook | analyze | yaml
	Level  string `json:"level"` // error | warning | info
	Code   string `json:"code,omitempty"`
	Object string `json:"object"`
	Says   string `json:"says"`
}

func check(files []string) error {
	verdicts := []Verdict{}
	server, err := apiServer()
	if err != nil {
		return err
	}
	schemas, err := structuralsOf(crdFiles()...)
	if err != nil {
		return err
	}
	for _, file := range files {
		found, err := checkFile(server, schemas, file)
		if err != nil {
			return err
		}
		for _, verdict := range found {
			verdict.File = file
			verdicts = append(verdicts, verdict)
		}
	}
	printJSON(verdicts)
	if slices.ContainsFunc(verdicts, func(v Verdict) bool { return v.Level == "error" }) {
		os.Exit(3)
	}
	return nil
}

// checkFile judges one file on its own: a case with the mesh that it describes, or YAML with the default gateway installed.
func checkFile(server *crdvalidation.Validator, schemas structurals, file string) ([]Verdict, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c, err := readCase(file)
	if err != nil {
		c = &Case{YAML: string(text), Gateways: defaultGateways()}
	}
	documents, err := documentsOf(c.YAML)
	if err != nil {
		return []Verdict{{By: "yaml", Level: "error", Object: file, Says: err.Error()}}, nil
	}
	c.addManagedGateways(documents)
	var verdicts []Verdict
	for _, written := range documents {
		d := schemas.dropNulls(written)
		verdicts = append(verdicts, askAPIServer(server, d)...)
		verdicts = append(verdicts, askCore(d)...)
		verdicts = append(verdicts, askWebhook(d)...)
	}
	analyzed, err := analyze(c.installed(documents), asStored(documents))
	return append(verdicts, analyzed...), err
}

// installed is what the cluster already has: the gateways, and servers without a sidecar, as Services and pods. What the documents
// bring along themselves is not there yet.
func (c *Case) installed(documents []Document) string {
	texts := []string{`{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "istio-system"}}`}
	add := func(namespace, name string, labels Labels, ports map[string]int) {
		pod := Pod{Namespace: namespace, Name: name, Labels: labels, gateway: true, ip: "10.44.0.2"}
		object := podObject(pod)
		object.TypeMeta = metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}
		container := corev1.Container{Name: "istio-proxy", Image: "proxy"}
		service := serviceObjects(namespace, name, labels, "10.96.1.2", pod.ip, ports)[0].(*corev1.Service)
		service.TypeMeta = metav1.TypeMeta{APIVersion: "v1", Kind: "Service"}
		for _, port := range service.Spec.Ports {
			container.Ports = append(container.Ports, corev1.ContainerPort{ContainerPort: port.TargetPort.IntVal})
		}
		object.Spec.Containers = []corev1.Container{container}
		texts = append(texts, string(must(encoding.Marshal(object))), string(must(encoding.Marshal(service))))
	}
	for _, gateway := range c.Gateways {
		add(gateway.Namespace, gateway.Name, gateway.Labels, gateway.Ports)
	}
	for _, server := range c.Servers {
		brought := func(d Document) bool {
			return d.kind() == "Service" && namespaceOf(d) == server.Namespace && d.Object.GetName() == server.Service
		}
		if slices.ContainsFunc(documents, brought) {
			continue
		}
		labels := server.Labels
		if labels == nil {
			labels = Labels{"run": server.Service}
		}
		add(server.Namespace, server.Service, labels, server.exposes())
	}
	return strings.Join(texts, "\n---\n")
}

// crdFiles are those of the newest release, where `lab` has them, else of the lab's own.
func crdFiles() []string {
	if newest := os.Getenv("MESHLAB_CRDS"); newest != "" {
		return []string{filepath.Join(newest, "istio.yaml"), filepath.Join(newest, "gateway-api.yaml")}
	}
	return []string{
		filepath.Join(env.IstioSrc, "manifests/charts/base/files/crd-all.gen.yaml"),
		filepath.Join(env.IstioSrc, "tests/integration/pilot/testdata/gateway-api-crd.yaml"),
	}
}

func apiServer() (*crdvalidation.Validator, error) {
	v, err := crdvalidation.NewValidatorFromFilesWithOptions(crdFiles(), crdvalidation.WithoutCRDValidation())
	if err != nil {
		return nil, err
	}
	return v, nil
}

func askAPIServer(server *crdvalidation.Validator, d Document) []Verdict {
	if !d.isIstioConfig() && !d.isGatewayAPI() {
		return nil
	}
	if err := server.ValidateCustomResource(d.Object.DeepCopy()); err != nil {
		return []Verdict{{By: "api-server", Level: "error", Object: d.name(), Says: err.Error()}}
	}
	return nil
}

func askWebhook(d Document) []Verdict {
	if !d.isIstioConfig() {
		return nil
	}
	schema, found := collections.PilotGatewayAPI().FindByGroupVersionAliasesKind(config.FromKubernetesGVK(d.Object.GroupVersionKind()))
	if !found {
		return []Verdict{{By: "webhook", Level: "error", Object: d.name(), Says: "unknown kind " + d.Object.GroupVersionKind().String()}}
	}
	kind := &crd.IstioKind{}
	json, err := d.Object.MarshalJSON()
	if err != nil {
		return []Verdict{{By: "webhook", Level: "error", Object: d.name(), Says: err.Error()}}
	}
	if err := encoding.Unmarshal(json, kind); err != nil {
		return []Verdict{{By: "webhook", Level: "error", Object: d.name(), Says: err.Error()}}
	}
	converted, err := crd.ConvertObject(schema, kind, "cluster.local")
	if err != nil {
		return []Verdict{{By: "webhook", Level: "error", Object: d.name(), Says: err.Error()}}
	}
	if converted.Namespace == "" {
		converted.Namespace = "default"
	}
	warning, err := schema.ValidateConfig(*converted)
	var verdicts []Verdict
	if err != nil {
		verdicts = append(verdicts, Verdict{By: "webhook", Level: "error", Object: d.name(), Says: oneLine(err.Error())})
	}
	if warning != nil {
		verdicts = append(verdicts, Verdict{By: "webhook", Level: "warning", Object: d.name(), Says: oneLine(warning.Error())})
	}
	return verdicts
}

// analyze asks istioctl's analyzers. On some objects that the webhook refuses they panic (an AuthorizationPolicy with a `from` without a
// `source`), as istioctl does then.
func analyze(installed string, documents []Document) (verdicts []Verdict, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			verdicts, err = []Verdict{{By: "analyze", Level: "error", Says: oneLine(fmt.Sprint("panics: ", panicked))}}, nil
		}
	}()
	analyzer := local.NewSourceAnalyzer(analyzers.AllCombined(), "", "istio-system", nil)
	text := installed + "\n---\n" + join(documents, func(Document) bool { return true })
	err = analyzer.AddTestReaderKubeSource([]local.ReaderSource{{Name: "input", Reader: strings.NewReader(text)}})
	if err != nil {
		return []Verdict{{By: "analyze", Level: "error", Says: oneLine(err.Error())}}, nil
	}
	if err := analyzer.AddDefaultResources(); err != nil {
		return nil, err
	}
	result, err := analyzer.Analyze(make(chan struct{}))
	if err != nil {
		return nil, err
	}
	for _, m := range result.Messages {
		object := ""
		if m.Resource != nil {
			object = m.Resource.Metadata.Schema.Kind() + "/" + m.Resource.Metadata.FullName.String()
		}
		verdicts = append(verdicts, Verdict{
			By: "analyze", Level: strings.ToLower(m.Type.Level().String()), Code: m.Type.Code(), Object: object,
			Says: oneLine(fmt.Sprintf(m.Type.Template(), m.Parameters...)),
		})
	}
	return verdicts, nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
