using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>A C# file, with its lines as they are and as code alone.</summary>
internal sealed partial class SourceFile
{
    /// <summary>A file as it was read.</summary>
    public SourceFile(string path, string[] lines)
    {
        Path = path;
        Lines = lines;
        Code = [.. lines.Select(line => CommentPattern().Replace(TextPattern().Replace(line, "\"\""), string.Empty))];
    }

    /// <summary>From the root, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>As written.</summary>
    public string[] Lines { get; }

    /// <summary>The same lines, with texts emptied and line comments taken away.</summary>
    public string[] Code { get; }

    /// <summary>The lines of code that the pattern matches, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> Matches(Regex pattern) => Enumerable.Range(0, Code.Length)
        .Where(line => pattern.IsMatch(Code[line]))
        .Select(At);

    /// <summary>A line with its place.</summary>
    public string At(int line) => $"{Path}:{line + 1}: {Lines[line].Trim()}";

    [GeneratedRegex("""(?<!')"(?:[^"\\]|\\.)*"(?!')""")]
    private static partial Regex TextPattern();

    [GeneratedRegex("//.*$")]
    private static partial Regex CommentPattern();
}
