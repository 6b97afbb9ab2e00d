package ui

import (
	"context"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/settings"
)

// settingsServer is a sharing.Server as the settings ask for one: for who is signed in.
type settingsServer struct {
	sharing.Server
	session *auth.Session
}

var _ settings.Server = settingsServer{}

// newSettingsServer gives nil where the data has no other place.
func newSettingsServer(s sharing.Server, session *auth.Session) settings.Server {
	if s == nil {
		return nil
	}
	return settingsServer{s, session}
}

// Check is sharing.Server's.
func (s settingsServer) Check(ctx context.Context, each func(sharing.Check)) error {
	return s.Server.Check(ctx, s.session, each)
}

// Share is sharing.Server's.
func (s settingsServer) Share(ctx context.Context, at func(sharing.Progress)) error {
	return s.Server.Share(ctx, s.session, at)
}

// WorkAlone is sharing.Server's.
func (s settingsServer) WorkAlone(ctx context.Context, at func(sharing.Progress)) error {
	return s.Server.WorkAlone(ctx, s.session, at)
}

// MoveTo is sharing.Server's.
func (s settingsServer) MoveTo(ctx context.Context, target sharing.Target, at func(sharing.Progress)) error {
	return s.Server.MoveTo(ctx, s.session, target, at)
}

// Leave is sharing.Server's.
func (s settingsServer) Leave(ctx context.Context) error { return s.Server.Leave(ctx, s.session) }

// Status is sharing.Server's.
func (s settingsServer) Status(ctx context.Context) (sharing.Status, error) {
	return s.Server.Status(ctx, s.session)
}
