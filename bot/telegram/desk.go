package telegram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"handout/bot/desk"
	"handout/knowledge/editorial"
	"handout/knowledge/store"
)

const deskCommand = "desk"

// actorPrefix begins the id of whoever acts here, in the audit.
const actorPrefix = surface + ":"

func (u user) actor() store.Actor {
	name := strings.TrimSpace(u.First + " " + u.Last)
	return store.Actor{ID: actorPrefix + strconv.FormatInt(u.ID, 10), Name: cmp.Or(name, u.Username, "somebody")}
}

// Rights asks Telegram what somebody may do on the desk now. Who is not known
// by an id of Telegram's may nothing. With an error, nobody may anything.
func (a *Adapter) Rights(ctx context.Context, actorID string) (editorial.Rights, error) {
	digits, ours := strings.CutPrefix(actorID, actorPrefix)
	id, err := strconv.ParseInt(digits, 10, 64)
	if !ours || err != nil {
		return editorial.Rights{}, nil
	}
	all := editorial.Rights{Edit: true, Review: true}
	if slices.Contains(a.cfg.Moderators, id) {
		return all, nil
	}
	if a.cfg.ModeratorGroup == 0 {
		return editorial.Rights{}, nil
	}
	status, err := a.statusIn(ctx, a.cfg.ModeratorGroup, id)
	if err != nil || status != "creator" && status != "administrator" {
		return editorial.Rights{}, err
	}
	return all, nil
}

// statusIn is what somebody is in a group; empty if Telegram does not know them there.
func (a *Adapter) statusIn(ctx context.Context, group, id int64) (status string, err error) {
	p := params{"chat_id": strconv.FormatInt(group, 10), "user_id": strconv.FormatInt(id, 10)}
	err = a.quick.Do(ctx, "", func(ctx context.Context) error {
		member, err := call[struct{ Status string }](ctx, a.client, "getChatMember", p)
		if err != nil {
			return refusal(err)
		}
		status = member.Status
		return nil
	})
	var refused *tgbotapi.Error
	if errors.As(err, &refused) && refused.Code == http.StatusBadRequest && isStranger(refused.Message) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("rights: %w", err)
	}
	return status, nil
}

// isStranger reports whether Telegram refuses because somebody is not in a group.
func isStranger(reason string) bool {
	reason = strings.ToLower(reason)
	return strings.Contains(reason, "user not found") || strings.Contains(reason, "member not found") || strings.Contains(reason, "participant")
}

// Announce shows a view to the moderators' group, if there is one.
func (a *Adapter) Announce(ctx context.Context, v desk.View) error {
	if a.cfg.ModeratorGroup == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, longestAnnouncement)
	defer cancel()
	group := chat{ID: a.cfg.ModeratorGroup, Type: "supergroup"}
	if err := a.show(ctx, &target{key: a.names.chat(group), chat: group.ID}, v, 0); err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	return nil
}

// longestAnnouncement is how long one may take: it is tried again later.
const longestAnnouncement = 30 * time.Second

func (a *Adapter) isDesk(action string) bool {
	return a.cfg.Desk != nil && strings.HasPrefix(action, desk.Prefix)
}

// result shows what came of a step, in the place of a message if one is given.
func (a *Adapter) result(ctx context.Context, to target, who *user, v desk.View, edit int) error {
	if v.Form != nil {
		return a.begin(ctx, to, who, *v.Form)
	}
	return a.show(ctx, &to, v, edit)
}

// step asks for the rights of a person and takes their step.
func (a *Adapter) step(ctx context.Context, who *user, in desk.Input) desk.View {
	p := editorial.Person{Actor: who.actor()}
	var err error
	if p.Rights, err = a.Rights(ctx, p.ID); err != nil {
		a.log.Warn("a moderator's rights are not known, so they have none", "err", err)
		return unchecked
	}
	return a.cfg.Desk.Do(ctx, p, in)
}

// press takes the step of a button. In the moderators' group only the card that
// is settled changes; all else is between the bot and whoever pressed.
func (a *Adapter) press(ctx context.Context, q *callbackQuery) error {
	to, in := a.target(q.Message), desk.Input{Action: q.Data}
	if !q.Message.Chat.group() {
		return a.result(ctx, to, &q.From, a.step(ctx, &q.From, in), q.Message.ID)
	}
	if q.Message.Chat.ID != a.cfg.ModeratorGroup {
		return a.show(ctx, &to, elsewhere, 0)
	}
	v := a.step(ctx, &q.From, in)
	if v.Over {
		v.Buttons = nil
		v.Blocks = append(slices.Clip(v.Blocks), textBlock("By "+q.From.actor().Name+"."))
		return a.show(ctx, &to, v, q.Message.ID)
	}
	return a.alone(ctx, to, &q.From, v)
}

// alone shows what came of a step in a group to whoever took it.
func (a *Adapter) alone(ctx context.Context, to target, who *user, v desk.View) error {
	direct := chat{ID: who.ID, Type: "private"}
	err := a.result(ctx, target{key: a.names.chat(direct), chat: direct.ID}, who, v, 0)
	var refused *tgbotapi.Error
	if errors.As(err, &refused) && refused.Code == http.StatusForbidden {
		return a.show(ctx, &to, writeMe, 0)
	}
	return err
}

type commandScope struct {
	Type string `json:"type"`
	Chat int64  `json:"chat_id"`
}

// deskMenus adds the desk to the menu of those who are named as moderators. It
// is not there for those who have not written to the bot yet.
func (a *Adapter) deskMenus(ctx context.Context) {
	if a.cfg.Desk == nil {
		return
	}
	commands := toJSON(append(menu(), menuEntry{deskCommand, "The moderators' desk"}))
	for _, id := range a.cfg.Moderators {
		err := a.try(ctx, "setMyCommands", params{"commands": commands, "scope": toJSON(commandScope{"chat", id})})
		if err != nil && ctx.Err() == nil {
			a.log.Info("the command menu of a moderator could not be set", "err", err)
		}
	}
}
