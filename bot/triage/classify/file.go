package classify

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// A model file is the length of its head in four bytes, the head as JSON, and
// then the numbers in the order of [head.sections]: single bytes, and floats of
// four bytes, the lowest first. How many there are follows from the head.

// head is what a model file says of its numbers.
type head struct {
	Sets    string
	Classes []string
	Words   []string
	Dim     int
	Own     []string
	Shape   Shape
	Nets    int
}

// sections lists the floats of the weights with how many there must be.
func (w *Weights) sections() []section {
	list := []section{{&w.General.Scale, len(w.General.Words)}}
	for i := range w.Nets {
		n := &w.Nets[i]
		list = append(list, section{&n.OwnRows, len(w.Own) * w.Shape.OwnDim}, section{&n.Grams, w.Shape.Grams * w.Shape.GramDim})
		for k, width := range w.Shape.Widths {
			list = append(list, section{&n.Kernels[k], w.Shape.Filters * width * w.dims()}, section{&n.Bias[k], w.Shape.Filters})
		}
		list = append(list, section{&n.Out, len(w.Classes) * w.features()}, section{&n.OutBias, len(w.Classes)})
	}
	return list
}

type section struct {
	numbers *[]float32
	count   int
}

// Encode writes the weights in the form that [Decode] reads.
func (w *Weights) Encode(to io.Writer) error {
	h, err := json.Marshal(head{w.Sets, w.Classes, w.General.Words, w.General.Dim, w.Own, w.Shape, len(w.Nets)})
	if err != nil {
		return fmt.Errorf("classify: write the model: %w", err)
	}
	data := append(binary.LittleEndian.AppendUint32(nil, uint32(len(h))), h...)
	data = append(data, w.General.Vectors...)
	for _, s := range w.sections() {
		for _, x := range *s.numbers {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(x))
		}
	}
	if _, err := to.Write(data); err != nil {
		return fmt.Errorf("classify: write the model: %w", err)
	}
	return nil
}

// Decode reads the weights that [Weights.Encode] wrote. They share the data's
// memory, which must not change.
func Decode(data []byte) (*Weights, error) {
	w, rest, err := decodeHead(data)
	if err != nil {
		return nil, fmt.Errorf("classify: read the model: %w", err)
	}
	sections := w.sections()
	vectors, floats := len(w.General.Words)*w.General.Dim, 0
	for _, s := range sections {
		floats += s.count
	}
	if len(rest) != vectors+4*floats {
		return nil, fmt.Errorf("classify: read the model: %d bytes of numbers, want %d", len(rest), vectors+4*floats)
	}
	w.General.Vectors, rest = rest[:vectors:vectors], rest[vectors:]
	for _, s := range sections {
		*s.numbers = make([]float32, s.count)
		for i := range *s.numbers {
			(*s.numbers)[i] = math.Float32frombits(binary.LittleEndian.Uint32(rest[4*i:]))
		}
		rest = rest[4*s.count:]
	}
	return w, nil
}

// decodeHead makes weights without numbers, and returns what follows the head.
func decodeHead(data []byte) (*Weights, []byte, error) {
	if len(data) < 4 || int(binary.LittleEndian.Uint32(data)) > len(data)-4 {
		return nil, nil, errors.New("it has no head")
	}
	size := 4 + binary.LittleEndian.Uint32(data)
	var h head
	if err := json.Unmarshal(data[4:size], &h); err != nil {
		return nil, nil, fmt.Errorf("its head: %w", err)
	}
	if h.Nets < 1 || len(h.Classes) == 0 || h.Shape.Grams < 1 || h.Shape.Filters < 1 || min(h.Dim, h.Shape.OwnDim, h.Shape.GramDim) < 0 || slices.ContainsFunc(h.Shape.Widths, func(w int) bool { return w < 1 }) {
		return nil, nil, fmt.Errorf("its head: %d nets, %d classes and shape %+v", h.Nets, len(h.Classes), h.Shape)
	}
	w := &Weights{Sets: h.Sets, Classes: h.Classes, General: General{Words: h.Words, Dim: h.Dim}, Own: h.Own, Shape: h.Shape, Nets: make([]Net, h.Nets)}
	for i := range w.Nets {
		w.Nets[i].of = w
		w.Nets[i].Kernels, w.Nets[i].Bias = make([][]float32, len(h.Shape.Widths)), make([][]float32, len(h.Shape.Widths))
	}
	return w, data[size:], nil
}
