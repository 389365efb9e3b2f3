package telegram

import (
	"context"

	"handout/bot/deliver"
)

// connect learns who the bot is and sets its menu. It tries until it succeeds.
func (a *Adapter) connect(ctx context.Context) error {
	if err := a.learn(ctx); err != nil {
		return err
	}
	// The bot can serve before the menu is there, and without it.
	return a.side.Do("menu", func() {
		err := a.try(ctx, "setMyCommands", params{"commands": toJSON(menu())})
		if err != nil && ctx.Err() == nil {
			a.log.Warn("the command menu could not be set", "err", err)
		}
		a.deskMenus(ctx)
	})
}

// learn asks who the bot is, which tries the token too.
func (a *Adapter) learn(ctx context.Context) error {
	return a.persist(ctx, "connect", func(ctx context.Context) error {
		me, err := call[user](ctx, a.client, "getMe", nil)
		if err == nil {
			a.self.Store(&me)
		}
		return err
	})
}

// persist tries until a call succeeds, ctx ends, or the token is refused. What
// lies between is logged once, and again when it changes.
func (a *Adapter) persist(ctx context.Context, what string, try func(context.Context) error) error {
	said := ""
	for tries := 1; ; tries++ {
		err := try(ctx)
		switch {
		case err == nil:
			if tries > 1 {
				a.log.Info("telegram is back", "what", what, "tries", tries)
			}
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case isTokenError(err):
			return err
		}
		if kind := kindOf(err); kind != said {
			a.log.Warn("telegram does not answer; trying again", "what", what, "err", err)
			said = kind
		}
		wait := deliver.Backoff(a.backoff, tries)
		if r := refusal(err); r.After > 0 {
			wait = r.After
		}
		if err := deliver.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}
