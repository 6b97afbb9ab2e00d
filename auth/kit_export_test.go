package auth

// AdmitKit has the server let in the kit that the register has, as a sign-in does.
var AdmitKit = (*Session).admitKit
