// kubelab runs a real Kubernetes API server on loopback, with Istio's own validating webhook before it and no kubelet behind it.
//
// What is real: etcd, kube-apiserver with its admission, RBAC, CRD schemas and CEL, Istio's admission code, and the controllers for
// namespaces, service accounts, Deployments and ReplicaSets. What is not: pods. They are written down as running the moment they are
// made, so that `kubectl rollout status` comes back; there is nothing to exec into and no log.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
)

const usage = `usage:
  kubelab up DIRECTORY [CRDS.yaml ...]   runs until it is interrupted or its standard input ends; DIRECTORY/kubeconfig appears when it is ready
  kubelab kubectl ARGUMENTS              the real kubectl
  kubelab kube-apiserver FLAGS           the real kube-apiserver, which up starts as a child`

func main() {
	switch {
	case len(os.Args) > 2 && os.Args[1] == "up":
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		ctx, cancel := context.WithCancel(ctx)
		go func() { // whoever started it holds the other end, and may be killed
			_, _ = io.Copy(io.Discard, os.Stdin)
			cancel()
		}()
		err := up(ctx, os.Args[2], os.Args[3:])
		stop()
		if err != nil {
			fmt.Fprintln(os.Stderr, "kubelab:", err)
			os.Exit(1)
		}
	case len(os.Args) > 1 && os.Args[1] == "kubectl":
		os.Args = os.Args[1:] // kubectl looks for its plugins by them
		if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
			kubectlutil.CheckErr(err)
		}
	case len(os.Args) > 1 && os.Args[1] == "kube-apiserver":
		command := apiserver.NewAPIServerCommand()
		command.SetArgs(os.Args[2:])
		os.Exit(cli.Run(command))
	default:
		fmt.Fprintln(os.Stderr, usage)
		os.Exit(2)
	}
}
