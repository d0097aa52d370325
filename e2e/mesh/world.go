package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
)

// Site is one listening server: an address, and TLS if it has a certificate.
type Site struct {
	Address   string `json:"address"`
	Cert      string `json:"cert,omitempty"`
	Key       string `json:"key,omitempty"`
	ClientCA  string `json:"clientCA,omitempty"`
	Redirects bool   `json:"redirects,omitempty"`
	Optional  bool   `json:"optional,omitempty"` // a client certificate is verified if there is one
}

var output sync.Mutex

// world serves the sites of a configuration file until it is killed, and prints a Seen for each request.
func world(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var sites []Site
	if err := json.Unmarshal(text, &sites); err != nil {
		return err
	}
	failed := make(chan error)
	for _, site := range sites {
		listener, err := net.Listen("tcp", site.Address)
		if err != nil {
			return err
		}
		go func() { failed <- site.serve(listener) }()
	}
	fmt.Println("ready")
	return <-failed
}

func (s Site) serve(listener net.Listener) error {
	server := &http.Server{Handler: http.HandlerFunc(s.answer), ErrorLog: log.New(os.Stderr, "", 0)}
	if s.Cert == "" {
		server.Protocols = new(http.Protocols)
		server.Protocols.SetHTTP1(true)
		server.Protocols.SetUnencryptedHTTP2(true)
		return server.Serve(listener)
	}
	server.TLSConfig = &tls.Config{}
	if s.ClientCA != "" {
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(must(os.ReadFile(s.ClientCA)))
		server.TLSConfig.ClientCAs, server.TLSConfig.ClientAuth = pool, tls.RequireAndVerifyClientCert
		if s.Optional {
			server.TLSConfig.ClientAuth = tls.VerifyClientCertIfGiven
		}
	}
	return server.ServeTLS(listener, s.Cert, s.Key)
}

func (s Site) answer(w http.ResponseWriter, r *http.Request) {
	_, port, _ := net.SplitHostPort(s.Address)
	seen := Seen{Host: r.Host, Protocol: r.Proto, Path: r.URL.Path}
	seen.Port, _ = strconv.Atoi(port)
	seen.From, _, _ = net.SplitHostPort(r.RemoteAddr)
	if r.TLS != nil {
		seen.TLS, seen.SNI = tls.VersionName(r.TLS.Version), r.TLS.ServerName
		if len(r.TLS.PeerCertificates) > 0 {
			seen.ClientCert = r.TLS.PeerCertificates[0].Subject.CommonName
			if uris := r.TLS.PeerCertificates[0].URIs; len(uris) > 0 {
				seen.ClientCert = uris[0].String()
			}
		}
	}
	line, _ := json.Marshal(seen)
	output.Lock()
	fmt.Println(string(bytes.TrimSpace(line)))
	output.Unlock()
	if s.Redirects {
		http.Redirect(w, r, "https://"+r.Host+r.URL.Path, http.StatusMovedPermanently)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(line, '\n'))
}

// startWorld runs this program as the servers of one network namespace.
func startWorld(netns, file string, seen chan Seen, log *bytes.Buffer) (stop func(), err error) {
	command := exec.Command("ip", "netns", "exec", netns, must(os.Executable()), "world", file)
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	command.Stderr = log
	stdout := must(command.StdoutPipe())
	if err := command.Start(); err != nil {
		return nil, err
	}
	scanner := bufio.NewScanner(stdout)
	for scanner.Scan() && scanner.Text() != "ready" {
	}
	if scanner.Text() != "ready" {
		return nil, fmt.Errorf("the servers in %s did not start: %s %s", netns, scanner.Text(), log)
	}
	go func() {
		for scanner.Scan() {
			var s Seen
			if json.Unmarshal(scanner.Bytes(), &s) == nil {
				seen <- s
			}
		}
	}()
	return func() { _ = command.Process.Kill(); _ = command.Wait() }, nil
}
