namespace Ledger.Consensus.Tests;

/// <summary>
/// Stories of whole networks, message by message, with the log that each must give. To write the logs anew after a
/// change that is meant: <c>LEDGER_REWRITE_SCRIPTS=1 ./ledger test Consensus</c>. Read the difference before you
/// commit it, and say in the commit why it is right.
/// </summary>
public sealed class GoldenScriptTests
{
    private const string RewriteSwitch = "LEDGER_REWRITE_SCRIPTS";

    private const string RootMarker = "Directory.Packages.props";

    private static readonly string Folder = Path.Combine(
        FindRoot(AppContext.BaseDirectory), "tests", "Ledger.Consensus.Tests", "Scripts");

    private static IEnumerable<TestCaseData> Scripts() => Directory.EnumerateFiles(Folder, "*.txt")
        .Order(StringComparer.Ordinal)
        .Select(path => new TestCaseData(path).SetArgDisplayNames(Path.GetFileNameWithoutExtension(path)));

    [TestCaseSource(nameof(Scripts))]
    public void Script(string path)
    {
        ScriptFile written = ScriptFile.Read(path);
        Assert.That(written.Comment, Is.Not.Empty, "a script says what it is about");
        string text = written.Run().ToString();
        if (Environment.GetEnvironmentVariable(RewriteSwitch) == "1")
        {
            File.WriteAllText(path, text);
            Assert.Inconclusive("the log was written anew");
        }

        Assert.That(text, Is.EqualTo(File.ReadAllText(path)));
    }

    [TestCaseSource(nameof(Scripts))]
    public void A_script_stands_in_the_table(string path) => Assert.That(
        File.ReadAllText(Path.Combine(Folder, "README.md")), Does.Contain(Path.GetFileName(path)));

    private static string FindRoot(string from) => File.Exists(Path.Combine(from, RootMarker))
        ? from
        : FindRoot(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(from))
            ?? throw new DirectoryNotFoundException($"no folder above holds {RootMarker}"));
}
