package auth

// activityKinds has the kind of every event.
var activityKinds = map[Event]ActivityKind{
	EventSignIn:           KindSignIns,
	EventSignOut:          KindSignIns,
	EventStepUp:           KindSignIns,
	EventUnlocked:         KindSignIns,
	EventSessionEnded:     KindSignIns,
	EventSessionsOrphaned: KindSignIns,

	EventPasswordRefused: KindRefusals,
	EventCodeRefused:     KindRefusals,
	EventClockRefused:    KindRefusals,

	EventDisabled:       KindCodes,
	EventEnrolled:       KindCodes,
	EventTwoFactorReset: KindCodes,
	EventRecoveryUsed:   KindCodes,
	EventRecoveryMade:   KindCodes,
	EventOneTimeMade:    KindCodes,
	EventOneTimeUsed:    KindCodes,
	EventHandedOver:     KindCodes,
	EventHelpAsked:      KindCodes,
	EventHelpDone:       KindCodes,
	EventWaitLifted:     KindCodes,
	EventMoved:          KindCodes,

	EventUserAdded:       KindUsers,
	EventUserEdited:      KindUsers,
	EventUserDeactivated: KindUsers,
	EventUserReactivated: KindUsers,
	EventUserSignedOut:   KindUsers,
	EventPasswordReset:   KindUsers,
	EventPasswordChanged: KindUsers,
	EventNameChanged:     KindUsers,

	EventSetUp:   KindSettings,
	EventPolicy:  KindSettings,
	EventRenamed: KindSettings,
	EventZone:    KindSettings,

	EventLinkingCode:     KindComputers,
	EventLinked:          KindComputers,
	EventComputerRenamed: KindComputers,
	EventUnlinked:        KindComputers,
	EventPracticeMoved:   KindData,
	EventClockOffset:     KindComputers,
	EventClockReset:      KindComputers,

	EventKitMade:          KindData,
	EventKitOpened:        KindData,
	EventKitAdmin:         KindData,
	EventOlderAccepted:    KindData,
	EventRepaired:         KindData,
	EventBackupFolder:     KindData,
	EventBackedUp:         KindData,
	EventRestored:         KindData,
	EventActivityExported: KindData,
	EventImported:         KindData,
	EventPatientsExported: KindData,
}

// Kind is the event's; "" of one that this program does not know.
func (e Event) Kind() ActivityKind { return activityKinds[e] }
