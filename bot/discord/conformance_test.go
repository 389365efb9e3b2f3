package discord

import (
	"testing"

	"handout/bot/bottest"
)

func TestConformance(t *testing.T) {
	bottest.Run(t, func(t *testing.T) bottest.Platform { return newFake(t) })
}
