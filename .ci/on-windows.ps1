# Installs the packages in dist on this Windows, for one account and for all, starts what is installed and
# removes it. It draws by the Mesa of the installer, as GitHub's computers have no OpenGL.
$ErrorActionPreference = 'Stop'
$setup = (Get-Item dist\anteroom-*-setup.exe).FullName
$msi = (Get-Item dist\anteroom-*.msi).FullName
$data = "$env:LOCALAPPDATA\anteroom\anteroom.log"

function Run($want, $file, $arguments) {
    $process = Start-Process $file $arguments -PassThru
    $null = $process.Handle # without it there is no exit code
    if (-not $process.WaitForExit(180000)) { throw "$file $arguments does not end" }
    if ($process.ExitCode -ne $want) { throw "$file $arguments ended with $($process.ExitCode), not $want" }
}

function Await($what, $holds) {
    $late = (Get-Date).AddMinutes(3)
    while (-not (& $holds)) {
        if ((Get-Date) -gt $late) { throw "waited in vain for $what" }
        Start-Sleep -Milliseconds 200
    }
}

# A message has the same title as the window, but not the class of GLFW's windows.
Add-Type -Namespace Native -Name User -MemberDefinition @'
[DllImport("user32.dll", CharSet = CharSet.Unicode)] public static extern IntPtr FindWindow(string type, string title);
[DllImport("user32.dll")] public static extern bool IsWindowVisible(IntPtr window);
'@
function HasWindow { [Native.User]::IsWindowVisible([Native.User]::FindWindow('GLFW30', 'Anteroom')) }

Add-Type -AssemblyName 'System.Windows.Forms', 'System.Drawing'
function Picture($name) {
    try {
        $size = [Windows.Forms.Screen]::PrimaryScreen.Bounds.Size
        $picture = New-Object Drawing.Bitmap $size.Width, $size.Height
        [Drawing.Graphics]::FromImage($picture).CopyFromScreen(0, 0, 0, 0, $size)
        $null = New-Item -ItemType Directory -Force build
        $picture.Save("$PWD\build\$name.png")
    } catch { Write-Warning "no picture: $_" }
}

foreach ($way in @(
        @{Option = '/CurrentUser'; Root = 'HKCU:'; Folder = "$env:LOCALAPPDATA\Programs\Anteroom"; Menu = $env:APPDATA },
        @{Option = '/AllUsers'; Root = 'HKLM:'; Folder = "$env:ProgramFiles\Anteroom"; Menu = $env:ProgramData })) {
    $program = "$($way.Folder)\anteroom.exe"
    $entry = "$($way.Menu)\Microsoft\Windows\Start Menu\Programs\Anteroom.lnk"
    $key = "$($way.Root)\Software\Microsoft\Windows\CurrentVersion\Uninstall\Anteroom"
    Run 0 $setup "/S $($way.Option)"
    foreach ($part in $program, $entry, $key) { if (-not (Test-Path $part)) { throw "there is no $part" } }

    Run 0 $program '--software'
    try { Await 'the window' { HasWindow } } finally { Picture "window$($way.Option.Replace('/', '-'))" }
    Run 5 $setup "/S $($way.Option)"
    Get-Process anteroom | Stop-Process -Force
    Await 'the end of the program' { -not (Get-Process anteroom -ErrorAction Ignore) }

    Run 0 $setup "/S $($way.Option)"
    Run 0 "$($way.Folder)\uninstall.exe" "/S $($way.Option)"
    Await 'the removal' { -not (Test-Path $way.Folder) } # it goes on by itself
    foreach ($part in $entry, $key) { if (Test-Path $part) { throw "$part is still there" } }
    if (-not (Test-Path $data)) { throw 'the data is gone' }
    Write-Output "installed, started and removed: $($way.Option)"
}

Run 0 msiexec "/i `"$msi`" /qn"
if (-not (Test-Path "$env:ProgramFiles\Anteroom\anteroom.exe")) { throw 'the MSI installed nothing' }
Run 0 msiexec "/x `"$msi`" /qn"
if (Test-Path "$env:ProgramFiles\Anteroom") { throw 'the MSI removed nothing' }
Write-Output 'installed and removed: the MSI'
