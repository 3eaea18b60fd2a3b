# Completion of kubectl for PowerShell.
#
# "kubectl __complete WORD..." prints the choices for its last word, each with a description behind a tab, and at the
# end ":NUMBER", a sum of: 1 it failed, 2 no space behind the word, 4 no file names, 8 files with the extensions that
# were printed, 16 folders, 32 the order stays.

[scriptblock]${__kubectlCompleter} = {
    param($WordToComplete, $CommandAst, $CursorPosition)

    $words = @()
    foreach ($element in $CommandAst.CommandElements) {
        if ($element.Extent.StartOffset -lt $CursorPosition) {
            $words += $element.Extent.Text
        }
    }
    $program = $words[0]
    $before = @($words | Select-Object -Skip 1)
    if ($WordToComplete -ne '' -and $before.Count -gt 0) {
        $before = @($before | Select-Object -SkipLast 1)
    }
    $asked = @('__complete') + $before
    # An empty last word would be lost on its way to a program before PowerShell 7.3.
    if ($WordToComplete -eq '' -and $PSVersionTable.PSVersion -lt [version]'7.3') {
        $asked += '""'
    } else {
        $asked += $WordToComplete
    }

    $lines = @(& $program @asked 2>$null)
    $directive = 0
    if ($lines.Count -gt 0 -and $lines[-1] -match '^:(\d+)$') {
        $directive = [int]$Matches[1]
        $lines = @($lines | Select-Object -SkipLast 1)
    }
    if (($directive -band 1) -ne 0 -or ($directive -band 24) -ne 0) {
        return
    }

    $flag = ''
    $typed = $WordToComplete
    if ($typed -like '-*=*') {
        $flag, $typed = $typed -split '=', 2
        $flag += '='
    }
    $space = if (($directive -band 2) -ne 0) { '' } else { ' ' }
    $found = @(foreach ($line in $lines) {
        $name, $about = $line -split "`t", 2
        if ($name.StartsWith($typed)) {
            if (-not $about) { $about = ' ' }
            [System.Management.Automation.CompletionResult]::new("$flag$name$space", $name, 'ParameterValue', $about)
        }
    })
    if (($directive -band 32) -eq 0) {
        $found = @($found | Sort-Object -Property ListItemText)
    }
    if ($found.Count -gt 0) {
        $found
    } elseif (($directive -band 4) -ne 0) {
        # An empty answer keeps PowerShell from offering files.
        ''
    }
}

Register-ArgumentCompleter -Native -CommandName 'kubectl' -ScriptBlock ${__kubectlCompleter}
