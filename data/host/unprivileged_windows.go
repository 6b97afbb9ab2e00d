package host

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

var createRestrictedToken = windows.NewLazySystemDLL("advapi32.dll").NewProc("CreateRestrictedToken")

// unprivileged are the attributes of a process without an administrator's rights, which
// PostgreSQL refuses to run with: Anteroom may have them where user account control is off.
var unprivileged = sync.OnceValues(func() (*syscall.SysProcAttr, error) {
	token, err := restricted()
	if err != nil {
		return nil, fmt.Errorf("a token without an administrator's rights: %w", err)
	}
	attributes := hidden()
	attributes.Token = syscall.Token(token)
	return attributes, nil
})

// restricted is this process's token, in which the groups that PostgreSQL looks for count
// for nothing. It is kept until the process ends.
func restricted() (windows.Token, error) {
	var own, token windows.Token
	const rights = windows.TOKEN_QUERY | windows.TOKEN_DUPLICATE | windows.TOKEN_ASSIGN_PRIMARY | windows.TOKEN_ADJUST_DEFAULT
	if err := windows.OpenProcessToken(windows.CurrentProcess(), rights, &own); err != nil {
		return 0, err
	}
	defer own.Close()
	var without []windows.SIDAndAttributes
	for _, group := range []windows.WELL_KNOWN_SID_TYPE{windows.WinBuiltinAdministratorsSid, windows.WinBuiltinPowerUsersSid} {
		sid, err := windows.CreateWellKnownSid(group)
		if err != nil {
			return 0, err
		}
		without = append(without, windows.SIDAndAttributes{Sid: sid})
	}
	const noPrivileges = 1 // DISABLE_MAX_PRIVILEGE
	done, _, err := createRestrictedToken.Call(uintptr(own), noPrivileges, uintptr(len(without)), uintptr(unsafe.Pointer(&without[0])), 0, 0, 0, 0, uintptr(unsafe.Pointer(&token)))
	if done == 0 {
		return 0, err
	}
	// What the process makes is an administrator's by default, so it could not open it itself.
	user, err := own.GetTokenUser()
	if err != nil {
		return 0, err
	}
	var pinned runtime.Pinner // the list has its address as a number
	pinned.Pin(user.User.Sid)
	defer pinned.Unpin()
	access, err := windows.ACLFromEntries([]windows.EXPLICIT_ACCESS{{
		AccessPermissions: windows.GENERIC_ALL,
		AccessMode:        windows.GRANT_ACCESS,
		Trustee:           windows.TRUSTEE{TrusteeForm: windows.TRUSTEE_IS_SID, TrusteeValue: windows.TrusteeValueFromSID(user.User.Sid)},
	}}, nil)
	if err != nil {
		return 0, err
	}
	return token, windows.SetTokenInformation(token, windows.TokenDefaultDacl, (*byte)(unsafe.Pointer(&access)), uint32(unsafe.Sizeof(access)))
}
