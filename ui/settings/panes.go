package settings

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/looks"
	"anteroom/ui/settings/account"
	"anteroom/ui/settings/activity"
	"anteroom/ui/settings/appointments"
	"anteroom/ui/settings/backup"
	"anteroom/ui/settings/computers"
	"anteroom/ui/settings/exchange"
	"anteroom/ui/settings/general"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/practitioners"
	"anteroom/ui/settings/recovery"
	"anteroom/ui/settings/server"
	"anteroom/ui/settings/users"
)

// panes are all that there are for who is signed in, in the order of the list.
func (s *Screen) panes(c pane.Params) []row {
	p := s.params
	own := row{pane.Account, lang.L("My account"), looks.SignPatients, account.New(account.Params{
		Params: c, Said: s.said(pane.Account), OnPassword: p.OnPassword, OnRecoveryCodes: p.OnRecoveryCodes,
	})}
	if !p.Admin {
		return []row{own}
	}
	kits := kit.NewMaker(c.Scope, c.Session, func(k *auth.Kit) { p.OnNewKit(k, nil) })
	rows := []row{
		{text: lang.L("Practice details")},
		{pane.General, lang.L("General"), looks.SignSettings, general.New(general.Params{
			Params: c, Draft: p.Draft, Said: s.said(pane.General), OnNewKit: p.OnNewKit, OnEnrolled: p.OnEnrolled,
		})},
		{pane.Recovery, lang.L("Recovery"), looks.SignKey, recovery.New(c, kits, s.said(pane.Recovery))},
	}
	if p.Desk != nil {
		rows = append(rows,
			row{pane.Practitioners, lang.L("Practitioners"), looks.SignDoctor, practitioners.New(c, p.Desk, p.Pane == NewPractitioner)},
			row{pane.Appointments, lang.L("Appointments"), looks.SignToday, appointments.New(c, p.Desk)})
	}
	if p.Server != nil {
		rows = append(rows, row{pane.Server, lang.L("Server"), looks.SignServer, server.New(server.Params{
			Params: c, Server: p.Server, OnSwitching: p.OnSwitching, OnMoved: p.OnMoved,
		})})
	}
	rows = append(rows,
		row{pane.Users, lang.L("Users"), looks.SignPeople, users.New(c, p.Help)},
		row{pane.Computers, lang.L("Computers"), looks.SignComputer, computers.New(c, server.Addresses(p.Server))},
		row{pane.Activity, lang.L("Activity"), looks.SignActivity, activity.New(c, s.goInto)},
		row{pane.Backup, lang.L("Backup"), looks.SignBackup, backup.New(backup.Params{
			Params: c, Where: s.where(), OnRestore: p.OnRestore, OnRestoreWithKit: p.OnRestoreWithKit,
		})})
	if p.Desk != nil {
		rows = append(rows, row{pane.Exchange, lang.L("Import and export"), looks.SignExchange, exchange.New(c, p.Desk, kits)})
	}
	return append(rows, own)
}

// said is what a pane is to say that was done before.
func (s *Screen) said(name string) string {
	if name != s.params.Pane {
		return ""
	}
	return s.params.Said
}

// goInto shows a pane and puts the focus into it.
func (s *Screen) goInto(name string) {
	s.GoTo(name)
	s.enter(s.nav.Selected())
}

// where says where the data lies; nil: here.
func (s *Screen) where() func() sharing.Where {
	if s.params.Server == nil {
		return nil
	}
	return s.params.Server.Where
}
