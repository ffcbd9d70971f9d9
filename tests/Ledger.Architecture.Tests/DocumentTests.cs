using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ledger.Architecture.Tests;

/// <summary>The documents keep up with the tree.</summary>
public sealed partial class DocumentTests
{
    private const string Architecture = "docs/ARCHITECTURE.md";

    /// <summary>One page; what does not fit belongs to the page of its subsystem.</summary>
    private const int ArchitectureWordsMax = 1_000;

    [Test]
    public void Every_folder_of_the_top_level_is_in_the_architecture()
    {
        string text = Repository.Text(Architecture);
        IEnumerable<string> missing = Repository.TopFolders
            .Where(folder => !text.Contains($"{folder}/", StringComparison.Ordinal));
        Findings.AreNone(missing);
    }

    [Test]
    public void The_architecture_is_one_page()
    {
        int words = Repository.Text(Architecture).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.That(words, Is.LessThanOrEqualTo(ArchitectureWordsMax));
    }

    [Test]
    public void Every_link_leads_somewhere()
    {
        IEnumerable<string> broken = Repository.With(".md").SelectMany(file => Links(file)
            .Where(target => !Exists(file, target))
            .Select(target => $"{file}: {target}"));
        Findings.AreNone(broken);
    }

    [Test]
    public void Every_document_is_in_the_index()
    {
        string[] linked = [.. Links("docs/README.md").Select(target => $"docs/{target.TrimStart('.', '/')}")];
        IEnumerable<string> missing = Repository.With(".md", "docs/").Where(file => file != "docs/README.md");
        Findings.AreNone(missing.Except(linked, StringComparer.Ordinal));
    }

    [Test]
    public void Every_rule_that_code_cites_is_in_the_protocol()
    {
        string protocol = Repository.Text("docs/protocol.md");
        IEnumerable<string> unknown = Repository.Sources().SelectMany(source => source.Lines
            .SelectMany(line => RulePattern().Matches(line))
            .Select(match => match.Value)
            .Distinct(StringComparer.Ordinal)
            .Where(rule => !Regex.IsMatch(protocol, $@"\*\*{rule}\b"))
            .Select(rule => $"{source.Path}: {rule}"));
        Findings.AreNone(unknown);
    }

    [Test]
    public void Every_package_has_its_reason()
    {
        string reasons = Repository.Text("docs/decisions/0006-packages.md");
        IEnumerable<string> missing = XDocument.Parse(Repository.Text("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value)
            .Where(package => !reasons.Contains($"`{package}`", StringComparison.Ordinal));
        Findings.AreNone(missing);
    }

    [Test]
    public void Nothing_is_put_off_and_nothing_names_the_machine_it_was_written_on()
    {
        Regex pattern = UnfinishedPattern();
        IEnumerable<string> found = Repository.Files.Where(IsText).SelectMany(file =>
            Repository.Lines(file).Where(line => pattern.IsMatch(line)).Select(line => $"{file}: {line.Trim()}"));
        Findings.AreNone(found);
    }

    private static IEnumerable<string> Links(string file) => LinkPattern()
        .Matches(Repository.Text(file))
        .Select(match => match.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
            && !target.StartsWith("mailto:", StringComparison.Ordinal));

    private static bool Exists(string file, string target)
    {
        string path = Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target.Split('#')[0]);
        return File.Exists(path) || Directory.Exists(path);
    }

    private static bool IsText(string file) =>
        Path.GetExtension(file) is not (".png" or ".jpg" or ".ico" or ".pdf" or ".trx" or ".user")
        && Path.GetFileName(file) != "package-lock.json";

    [GeneratedRegex(@"(?<!`)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex LinkPattern();

    // P-256, the curve, has more digits than any rule.
    [GeneratedRegex(@"(?<![\w-])[PQCSRTFKN]-\d{1,2}(?![\w-])")]
    private static partial Regex RulePattern();

    // The words are taken apart, so that this file does not match itself.
    [GeneratedRegex("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|(^|[\\s\"'`(=])/(wo" + "rk|ho" + "me|Us" + "ers)/[a-z]")]
    private static partial Regex UnfinishedPattern();
}
