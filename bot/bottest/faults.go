package bottest

import "fmt"

func fault(s *stage, f Fault) {
	s.platform.Fail(f, 2)
	s.platform.Say(Say{Chat: "ann", Text: HostileQuery})
	s.expect(Hostile)
	if n := s.platform.Failed(); n != 2 {
		s.t.Errorf("%d calls failed, want 2", n)
	}
	s.quiet(Say{Chat: "ann"})
}

func undecodable(s *stage) {
	s.platform.Undecodable()
	s.quiet(Say{Chat: "ann"})
	s.platform.Undecodable()
	s.platform.Undecodable()
	s.quiet(Say{Chat: "ann"})
}

func disconnected(s *stage) {
	s.quiet(Say{Chat: "ann"})
	for range 3 {
		s.platform.Disconnect()
		s.quiet(Say{Chat: "ann"})
	}
}

func panicked(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: panicText})
	s.settled(Say{Chat: "ann"})
	say := group
	say.Mention, say.Text = true, panicText
	s.platform.Say(say)
	say.Text = ""
	s.settled(say)
}

func ordered(s *stage) {
	s.platform.Say(Say{Chat: "slow", Text: holdText + " " + PlainQuestion})
	s.hear()
	questions := []struct{ text, id string }{{PlainQuestion, Plain}, {HostileQuery, Hostile}, {HostileQuery, Hostile}, {PlainQuestion, Plain}}
	const chats = 10
	for _, q := range questions {
		for c := range chats {
			s.platform.Say(Say{Chat: fmt.Sprint("chat ", c), Text: q.text})
		}
	}
	got := map[string]int{}
	for range chats * len(questions) {
		p := s.next()
		if p.Chat == "slow" {
			s.t.Fatal("the slow chat was answered before its turn was over")
		}
		if got[p.Chat] >= len(questions) {
			s.t.Fatalf("one answer too many in %s", p.Chat)
		}
		if want := questions[got[p.Chat]].id; !s.holds(squash(p.Text), want) {
			s.t.Errorf("%s: answer %d is not %s", p.Chat, got[p.Chat], want)
		}
		got[p.Chat]++
	}
	close(s.core.gate)
	if p := s.next(); p.Chat != "slow" {
		s.t.Errorf("answered %q, want the slow chat", p.Chat)
	}
}

func stopped(s *stage) {
	s.platform.Say(Say{Chat: "ann", Text: holdText})
	s.hear()
	ended := make(chan error, 1)
	go func() { ended <- s.stop() }()
	close(s.core.gate)
	first := s.next()
	if err := <-ended; err != nil {
		s.t.Errorf("a graceful stop: %v", err)
	}
	if s.platform.Redelivers() {
		s.platform.Say(Say{Chat: "ann", Text: HostileQuery}) // while no bot is there
	}
	s.start()
	if s.platform.Redelivers() {
		s.expect(Hostile)
	}
	s.quiet(Say{Chat: "ann"}) // and not first once more
	if first.Chat != "ann" {
		s.t.Errorf("answered in %q", first.Chat)
	}
}

func killed(s *stage) {
	s.quiet(Say{Chat: "ann"})
	s.platform.Say(Say{Chat: "ann", Text: holdText})
	s.platform.Say(Say{Chat: "bob", Text: holdText})
	for range 3 {
		s.hear()
	}
	s.platform.Kill()
	close(s.core.gate)
	s.start()
	got := map[string]int{}
	for range 2 {
		got[s.next().Chat]++
	}
	if got["ann"] != 1 || got["bob"] != 1 {
		s.t.Errorf("after the restart: %v", got)
	}
	s.quiet(Say{Chat: "ann"})
	s.quiet(Say{Chat: "bob"})
}
