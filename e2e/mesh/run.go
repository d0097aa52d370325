package main

import (
	"errors"
	"os"
	"runtime"
	"slices"
	"sync"

	"istio.io/istio/pilot/pkg/features"
	"istio.io/istio/pkg/config/schema/gatewayapi"
	istiosecurity "istio.io/istio/pkg/security"
	"istio.io/istio/pkg/test"
)

// run plays cases side by side and prints their outcomes in order. A case mostly waits, so there are more of them at once than processors.
func run(files []string) error {
	results, failures := make([][]Outcome, len(files)), make([]error, len(files))
	slots := make(chan struct{}, 2*runtime.NumCPU())
	var all sync.WaitGroup
	for i, file := range files {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i], failures[i] = isolated(file)
		})
	}
	all.Wait()
	outcomes, wrong := slices.Concat(results...), false
	printJSON(outcomes)
	for _, outcome := range outcomes {
		wrong = wrong || len(outcome.Wrong) > 0
	}
	if err := errors.Join(failures...); err != nil {
		return err
	}
	if wrong {
		os.Exit(3)
	}
	return nil
}

// play runs one case; it expects to be alone in its namespaces.
func play(file string) error {
	if err := prepare(); err != nil {
		return err
	}
	// Filters that only Istio's build of Envoy has. They carry telemetry and pick ALPN; none decides where a request goes.
	features.ALPNFilter, features.MetadataExchange = false, false
	istiosecurity.AuthPlaintext = true   // the lab's proxies state who they are, see identityHeader
	clear(gatewayapi.MinimumCRDVersions) // the cluster has the newest release of the Gateway API's CRDs
	c, err := readCase(file)
	if err != nil {
		return err
	}
	var outcomes []Outcome
	failed := test.Wrap(func(t test.Failer) { outcomes, err = c.play(t) })
	printJSON(outcomes)
	return errors.Join(err, failed)
}

func ptr[T any](value T) *T { return &value }
