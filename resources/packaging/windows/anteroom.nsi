; The installer of Anteroom. .ci/package-windows runs makensis with VERSION, EXE, LICENSES, ICON and OUT;
; MESA and POSTGRES are folders with what it may bring along, SIGN a program that signs a file.
;
; It is for one account, without an administrator's rights, or, started with them, for all of a
; computer; with POSTGRES for all, and under Program Files. /S is silent, /AllUsers and /CurrentUser
; choose, and with /S /D=folder, which comes last. It ends with 0, 1 (called off), 2 (a file could not be written), 3 (this Windows is too old),
; 4 (for all accounts, without an administrator's rights), 5 (Anteroom is open, or its server runs) or
; 6 (the MSI is installed).

!ifndef ARCH
!define ARCH amd64-unicode
!endif
Target ${ARCH}
Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
SetDateSave off ; so that two builds are the same
AllowSkipFiles off ; what can't be written ends it, also where it is silent
!ifdef SIGN
!uninstfinalize '"${SIGN}" "%1"' = 0
!endif

!define NAME "Anteroom"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!ifdef POSTGRES ; the server's programs lie where only an administrator can put something
!define MULTIUSER_EXECUTIONLEVEL Admin
!else
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!endif
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_MUI
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallMode"
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${__FILEDIR__}/finish.bmp"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey FileDescription "${NAME} Setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey CompanyName "${NAME}"
VIAddVersionKey LegalCopyright "MIT licence"

!ifndef POSTGRES
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE ChooseFolder
!insertmacro MUI_PAGE_DIRECTORY
!endif
!insertmacro MUI_PAGE_INSTFILES
; Started from here it could be another account's: that of the administrator who was asked.
!define MUI_FINISHPAGE_TEXT "Anteroom is installed. It is in the Start menu."
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Ends the installer with an exit code, and says why where somebody can read it.
!macro EndWith code why
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONSTOP "${why}"
  ${EndIf}
  SetErrorLevel ${code}
  Quit
!macroend

; Windows replaces no program that runs.
!macro WaitUntilClosed program why
  ${DoWhile} ${FileExists} "${program}"
    ClearErrors
    FileOpen $0 "${program}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
      SetErrorLevel 5
      Quit
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${why}" IDCANCEL`
      SetErrorLevel 5
      Quit
    ${EndIf}
  ${Loop}
!macroend
!macro WaitUntilAllClosed
  !insertmacro WaitUntilClosed "$INSTDIR\anteroom.exe" "Anteroom is open. Close its window, then choose Retry."
  !insertmacro WaitUntilClosed "$INSTDIR\software\anteroom.exe" "Anteroom is open. Close its window, then choose Retry."
!macroend
; Removing it, or replacing PostgreSQL, would break a server that runs.
!macro WaitUntilServerStopped
  !insertmacro WaitUntilClosed "$INSTDIR\postgresql\bin\postgres.exe" "The practice's server runs on this computer. Stop the service Anteroom (services.msc), then choose Retry."
!macroend

; The folder is Anteroom's own: removing it takes folders away that lie in it.
!macro OwnFolder
  ${GetFileName} $INSTDIR $0
  ${If} $0 != "${NAME}"
    StrCpy $INSTDIR "$INSTDIR\${NAME}"
  ${EndIf}
!macroend

; A practice's data lies in %LOCALAPPDATA%\anteroom, or where somebody wants it: no program belongs
; there. ($LOCALAPPDATA is another folder where it is installed for all.) Then $1 is 1.
!macro IsDataFolder
  StrCpy $1 0
  ReadEnvStr $0 LOCALAPPDATA
  ${If} $INSTDIR == "$0\${NAME}"
  ${OrIf} ${FileExists} "$INSTDIR\anteroom.db"
    StrCpy $1 1
  ${EndIf}
!macroend

!ifndef POSTGRES
Function ChooseFolder
  !insertmacro OwnFolder
  !insertmacro IsDataFolder
  ${If} $1 = 1
    MessageBox MB_OK|MB_ICONEXCLAMATION "The practice's data lies in this folder. Choose another one for the program."
    Abort
  ${EndIf}
FunctionEnd
!endif

; Where somebody must not be asked whether to go on without an administrator's rights.
!macro RefuseAllUsersWithoutRights
  ${If} ${Silent}
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/AllUsers" $1
    ${IfNot} ${Errors}
      UserInfo::GetAccountType
      Pop $1
      ${If} $1 != "Admin"
        SetErrorLevel 4
        Quit
      ${EndIf}
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    !insertmacro EndWith 3 "Anteroom needs Windows 10 or newer."
  ${EndIf}
  SetRegView 64
  !insertmacro RefuseAllUsersWithoutRights
  StrCpy $2 $INSTDIR ; of /D=, which MULTIUSER_INIT forgets
  !insertmacro MULTIUSER_INIT
!ifdef POSTGRES
  Call MultiUser.InstallMode.AllUsers
  StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
!else
  ${If} $2 != ""
    StrCpy $INSTDIR $2
    !insertmacro OwnFolder
  ${EndIf}
  ; Where Windows names no folder for one account's programs, and where somebody asks for it.
  !insertmacro IsDataFolder
  ${If} $1 = 1
    ReadEnvStr $0 LOCALAPPDATA
    StrCpy $INSTDIR "$0\Programs\${NAME}"
    ${If} $MultiUser.InstallMode == "AllUsers"
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${EndIf}
  ${EndIf}
!endif
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro RefuseAllUsersWithoutRights
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section
  ${If} $MultiUser.InstallMode == "AllUsers"
    ClearErrors
    ReadRegDWORD $0 HKLM "Software\${NAME}" "menu"
    ${IfNot} ${Errors}
      !insertmacro EndWith 6 "Anteroom was installed by its MSI, and has the same folder. Remove that first, or go on with MSIs."
    ${EndIf}
    ; One of this account alone would stay beside it, and be started by mistake.
    ReadRegStr $1 HKCU "${KEY}" "InstallLocation"
    ${If} ${FileExists} "$1\uninstall.exe"
      ExecWait '"$1\uninstall.exe" /CurrentUser /S _?=$1' $0
      ${If} $0 <> 0
        !insertmacro EndWith 5 "Anteroom is open. Close its window, then start the installer again."
      ${EndIf}
      Delete "$1\uninstall.exe"
      RMDir "$1"
    ${EndIf}
  ${EndIf}
  !insertmacro WaitUntilAllClosed
!ifdef POSTGRES
  !insertmacro WaitUntilServerStopped
!endif
  SetOutPath "$INSTDIR"
  File "/oname=anteroom.exe" "${EXE}"
  File "/oname=LICENSES.txt" "${LICENSES}"
!ifdef MESA
  SetOutPath "$INSTDIR\software"
  File "${MESA}\*"
  ClearErrors
  CopyFiles /SILENT "$INSTDIR\anteroom.exe" "$INSTDIR\software\anteroom.exe"
  ${If} ${Errors}
    !insertmacro EndWith 2 "The program could not be copied to $INSTDIR\software."
  ${EndIf}
  SetOutPath "$INSTDIR"
!else
  RMDir /r "$INSTDIR\software" ; of an older installer, with the older program
!endif
!ifdef POSTGRES
  SetOutPath "$INSTDIR\postgresql"
  File /r "${POSTGRES}\*"
  SetOutPath "$INSTDIR"
!endif
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\anteroom.exe"
  WriteRegStr SHCTX "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\anteroom.exe"
  WriteRegStr SHCTX "${KEY}" "Publisher" "${NAME}"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "InstallMode" "$MultiUser.InstallMode"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" $0
SectionEnd

Section Uninstall
  !insertmacro WaitUntilAllClosed
  !insertmacro WaitUntilServerStopped
  Delete "$INSTDIR\anteroom.exe"
  Delete "$INSTDIR\LICENSES.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir /r "$INSTDIR\software"
  RMDir /r "$INSTDIR\postgresql"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey SHCTX "${KEY}"
  RMDir "$INSTDIR" ; unless somebody has put something else there
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONINFORMATION "Anteroom is removed. The practice's data stays in %LOCALAPPDATA%\anteroom, and its keys in the Credential Manager of Windows, under names that begin with Anteroom."
  ${EndIf}
SectionEnd
