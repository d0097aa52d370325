package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// send plays one request with curl and collects what every proxy and server says of it.
func (m *Mesh) send(r Request) (*Outcome, error) {
	namespace, pod, found := strings.Cut(r.From, "/")
	if !found {
		return nil, fmt.Errorf("from %q is not namespace/pod", r.From)
	}
	arguments := append([]string{"netns", "exec", netnsOf(namespace, pod), "setpriv", "--reuid", "1000", "--clear-groups", "--regid", "1000",
		"curl", "-sS", "-m", "6", "--cacert", m.publicFile, "-o", "/dev/null", "-w", "%{http_code}"}, append(r.Curl, r.URL)...)
	var stdout, stderr bytes.Buffer
	command := exec.Command("ip", arguments...)
	command.Stdout, command.Stderr = &stdout, &stderr
	outcome := &Outcome{Case: m.Name, URL: r.URL, From: r.From, Waited: m.waited, Hops: []Hop{}}
	if err := command.Run(); err != nil {
		outcome.Exit = command.ProcessState.ExitCode()
		outcome.Error = strings.TrimSpace(stderr.String())
	}
	outcome.Status, _ = strconv.Atoi(stdout.String())
	time.Sleep(350 * time.Millisecond) // access logs are flushed, passthrough connections end
	m.collect(outcome)
	if r.Expect != nil {
		var got map[string]any
		_ = json.Unmarshal(must(json.Marshal(outcome)), &got)
		outcome.Wrong = differences("", r.Expect, got)
	}
	return outcome, nil
}

// collect drains the access logs, sidecars first, and what servers saw.
func (m *Mesh) collect(outcome *Outcome) {
	for i := len(m.proxies) - 1; i >= 0; i-- {
		proxy := m.proxies[i]
		for len(proxy.lines) > 0 {
			line := <-proxy.lines
			hop := Hop{Proxy: proxy.title}
			if m.TextLogs || json.Unmarshal([]byte(line), &hop) != nil {
				outcome.Logs = append(outcome.Logs, proxy.title+": "+line)
				continue
			}
			outcome.Hops = append(outcome.Hops, hop)
		}
	}
	for len(m.seen) > 0 {
		outcome.Server = ptr(<-m.seen)
	}
}
