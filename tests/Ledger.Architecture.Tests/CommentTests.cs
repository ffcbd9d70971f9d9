using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>
/// Every public member of the main projects says what it is. The sources are indented by four columns a level.
/// </summary>
public sealed partial class CommentTests
{
    [Test]
    public void Every_public_member_has_a_comment()
    {
        IEnumerable<string> silent = Repository.Sources(Repository.MainFolders).SelectMany(source =>
            Enumerable.Range(0, source.Lines.Length)
                .Where(line => IsPublic(source, line) && !HasComment(source, line))
                .Select(source.At));
        Findings.AreNone(silent);
    }

    private static bool IsPublic(SourceFile source, int line)
    {
        string text = source.Code[line];
        int indent = Indent(text);
        if (text.Length == indent)
        {
            return false;
        }

        // In an interface or an enum every member is public without saying so; so is nothing else.
        string? owner = Owner(source, line, indent);
        bool declared = PublicPattern().IsMatch(text) || (owner is not null && ListPattern().IsMatch(owner)
            && MemberPattern().IsMatch(text));
        return declared && AllPublic(source, line, indent);
    }

    /// <summary>
    /// Whether every type around the line is public: what is public in an inner type is not public outside.
    /// </summary>
    private static bool AllPublic(SourceFile source, int line, int indent)
    {
        for (int level = indent; level > 0;)
        {
            string? owner = Owner(source, line, level);
            if (owner is null || !PublicPattern().IsMatch(owner))
            {
                return false;
            }

            level = Indent(owner);
        }

        return true;
    }

    /// <summary>The nearest type declaration above the line with less indentation.</summary>
    private static string? Owner(SourceFile source, int line, int indent)
    {
        for (int above = line - 1; above >= 0; above--)
        {
            string text = source.Code[above];
            if (Indent(text) < indent && TypePattern().IsMatch(text))
            {
                return text;
            }
        }

        return null;
    }

    private static bool HasComment(SourceFile source, int line)
    {
        // Attributes stand between, some over several lines, which are indented further or close with a bracket.
        int above = line - 1;
        while (above >= 0 && (source.Lines[above].TrimStart().StartsWith('[')
            || (source.Lines[above].EndsWith(']') || source.Lines[above].EndsWith(','))
            && Indent(source.Lines[above]) > Indent(source.Lines[line])))
        {
            above--;
        }

        return above >= 0 && source.Lines[above].TrimStart().StartsWith("///", StringComparison.Ordinal);
    }

    private static int Indent(string text) => text.Length - text.TrimStart(' ').Length;

    [GeneratedRegex(@"^ *(public|protected)\b")]
    private static partial Regex PublicPattern();

    [GeneratedRegex(@"^ *(public )?(partial )?(interface|enum) ")]
    private static partial Regex ListPattern();

    [GeneratedRegex(@"^ {4}(?: {4})?[A-Za-z][\w<>?,. \[\]]*(\(| \{|;|,|$| =)")]
    private static partial Regex MemberPattern();

    [GeneratedRegex(
        @"^ *((public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*"
        + @"(class|struct|interface|enum|record) ")]
    private static partial Regex TypePattern();
}
