using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>The shape of files: short, narrow, one type each.</summary>
public sealed partial class FileShapeTests
{
    /// <summary>Beyond this a file holds more than one thing.</summary>
    private const int LinesMax = 400;

    /// <summary>What fits beside another file on a screen.</summary>
    private const int ColumnsMax = 120;

    private static readonly string[] Written = [".cs", ".proto", ".sh", ".py", ".js"];

    [Test]
    public void No_file_is_longer_than_four_hundred_lines()
    {
        IEnumerable<string> longer = Written.SelectMany(ending => Repository.With(ending))
            .Append("ledger")
            .Select(file => (File: file, Count: Repository.Lines(file).Length))
            .Where(entry => entry.Count > LinesMax)
            .Select(entry => $"{entry.File}: {entry.Count} lines");
        Findings.AreNone(longer);
    }

    [Test]
    public void No_line_of_code_is_wider_than_a_hundred_and_twenty_columns()
    {
        IEnumerable<string> wider = Repository.Sources().SelectMany(source => Enumerable.Range(0, source.Lines.Length)
            .Where(line => source.Lines[line].EnumerateRunes().Count() > ColumnsMax)
            .Select(source.At));
        Findings.AreNone(wider);
    }

    [Test]
    public void A_file_holds_one_type()
    {
        IEnumerable<string> more = Repository.Sources()
            .Where(source => source.Code.Count(line => TypePattern().IsMatch(line)) > 1)
            .Select(source => source.Path);
        Findings.AreNone(more);
    }

    [Test]
    public void A_file_is_named_after_its_type()
    {
        IEnumerable<string> other = Repository.Sources()
            .Select(source => (source.Path, Types: source.Code.Select(line => TypePattern().Match(line))
                .Where(match => match.Success)
                .Select(match => match.Groups["name"].Value)
                .ToArray()))
            .Where(entry => entry.Types.Length == 1 && entry.Types[0] != TypeNameOf(entry.Path))
            .Select(entry => $"{entry.Path}: {entry.Types[0]}");
        Findings.AreNone(other);
    }

    [Test]
    public void Namespaces_are_file_scoped()
    {
        IEnumerable<string> without = Repository.Sources()
            .Where(source => source.Code.Any(line => TypePattern().IsMatch(line)))
            .Where(source => source.Code.Count(line => NamespacePattern().IsMatch(line)) != 1)
            .Select(source => source.Path);
        Findings.AreNone(without);
    }

    [Test]
    public void There_are_no_regions() =>
        Findings.AreNone(Repository.Sources().SelectMany(source => source.Matches(RegionPattern())));

    /// <summary>
    /// Parts of a partial type are <c>Name.Part.cs</c>; a generic type of the same name is <c>Name{T}.cs</c>.
    /// </summary>
    private static string TypeNameOf(string path) => Path.GetFileName(path).Split('.', '{')[0];

    [GeneratedRegex(@"^(?!file )(?:(?:public|internal|static|sealed|abstract|partial|readonly|ref|unsafe) )*"
        + @"(?:class|struct|interface|enum|record struct|record|delegate [\w<>?]+) (?<name>\w+)")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^namespace [\w.]+;$")]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"^\s*#\s*(end)?region\b")]
    private static partial Regex RegionPattern();
}
