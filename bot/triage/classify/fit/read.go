package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"handout/bot/triage/classify"
	"handout/knowledge"
)

func classes() []string {
	list := []string{classify.None}
	for _, kind := range kinds {
		list = append(list, knowledge.Signs[kind]...)
	}
	return list
}

var kinds = []knowledge.Tier{knowledge.Now, knowledge.Crisis, knowledge.Today, knowledge.Decline}

// personal is the kind of messages that ask for what a program must decline.
const personal = "personal"

// message is one of a file.
type message struct {
	classify.Example
	tier knowledge.Tier // empty if nothing needs more than an answer
}

func readMessages(name string, data []byte) ([]message, error) {
	var list []message
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		fields := strings.Split(lines.Text(), "\t")
		if n == 1 && fields[0] == "question" {
			continue
		}
		if len(fields) < 4 {
			return nil, fmt.Errorf("%s:%d: %d fields; want question, kind, relevant and about", name, n, len(fields))
		}
		m, err := newMessage(fields[0], fields[1], fields[3])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		list = append(list, m)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return list, nil
}

// newMessage reads a message. One that is no emergency and tells of no sign is
// "none" only.
func newMessage(text, kind, about string) (message, error) {
	m := nothing(text)
	if kind == classify.None {
		return m, nil
	}
	tier := knowledge.Tier(kind)
	if kind == personal {
		tier = knowledge.Decline
	}
	signs := knowledge.Signs[tier]
	if signs == nil {
		return m, fmt.Errorf("kind %q; want none, personal, now, today or crisis", kind)
	}
	m.tier, m.Among = tier, signs
	if slices.Contains(signs, about) {
		m.Among = []string{about}
	}
	return m, nil
}

// addAliases gives each word of a table the vector of the word beside it, so that
// one language is read with the vectors of another.
func addAliases(w *classify.General, name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read the words of another language: %w", err)
	}
	rows := map[string]int{}
	for i, word := range w.Words {
		rows[word] = i
	}
	for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		word, like, ok := strings.Cut(line, "\t")
		row, known := rows[like]
		if !ok || !known {
			return fmt.Errorf("%s:%d: %q; want a word and one that has a vector, with a tab between", name, n+1, line)
		}
		vector := w.Vectors[row*w.Dim : (row+1)*w.Dim]
		if own, double := rows[word]; double { // a name, say, in the language of the vectors
			copy(w.Vectors[own*w.Dim:], vector)
			w.Scale[own] = w.Scale[row]
			continue
		}
		w.Words, w.Scale, w.Vectors = append(w.Words, word), append(w.Scale, w.Scale[row]), append(w.Vectors, vector...)
	}
	return nil
}

// readVectors reads the general vectors, each scaled to 8 bits. What is no
// plain word or mark that [triage.Tokens] gives is left out.
func readVectors(name string, most int) (*classify.General, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the word vectors: %w", err)
	}
	defer f.Close()
	w := new(classify.General)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan() && len(w.Words) < most; n++ {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		if strings.ContainsFunc(word, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }) && !slices.Contains(classify.Marks, word) {
			continue
		}
		vector, err := parseVector(rest)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if w.Dim > 0 && len(vector) != w.Dim {
			return nil, fmt.Errorf("%s:%d: %d numbers, before it were %d", name, n, len(vector), w.Dim)
		}
		w.Words, w.Dim = append(w.Words, word), len(vector)
		addScaled(w, vector)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return w, nil
}

func parseVector(numbers string) ([]float64, error) {
	var vector []float64
	for number := range strings.FieldsSeq(numbers) {
		x, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return nil, fmt.Errorf("a word vector: %w", err)
		}
		vector = append(vector, x)
	}
	return vector, nil
}

func addScaled(w *classify.General, vector []float64) {
	largest := 0.0
	for _, x := range vector {
		largest = max(largest, math.Abs(x))
	}
	scale := max(largest, 1e-9) / 127
	w.Scale = append(w.Scale, float32(scale))
	for _, x := range vector {
		w.Vectors = append(w.Vectors, byte(int8(math.Round(x/scale))))
	}
}
