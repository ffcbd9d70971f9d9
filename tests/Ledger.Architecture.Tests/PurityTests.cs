using System.Text.RegularExpressions;

namespace Ledger.Architecture.Tests;

/// <summary>
/// The pure projects, beyond what the banned symbols catch: keywords are no symbols, and a call through a type
/// parameter or an interface is not seen as a call of the banned method.
/// </summary>
public sealed partial class PurityTests
{
    [Test]
    public void There_is_no_floating_point() => Findings.AreNone(Uses(FloatingPattern()));

    [Test]
    public void There_is_no_clock() => Findings.AreNone(Uses(ClockPattern()));

    [Test]
    public void Nothing_is_asynchronous() => Findings.AreNone(Uses(AsyncPattern()));

    [Test]
    public void Nothing_depends_on_a_hash_code_outside_hash_codes() => Findings.AreNone(Uses(HashCodePattern()));

    [Test]
    public void The_banned_symbols_are_on()
    {
        foreach (string folder in Repository.PureFolders)
        {
            string project = Repository.With(".csproj", folder).Single();
            Assert.That(Repository.Text(project), Does.Contain("<IsPureProject>true</IsPureProject>"), project);
        }
    }

    [Test]
    public void No_banned_symbol_is_allowed_by_a_pragma() => Findings.AreNone(Uses(PragmaPattern()));

    private static IEnumerable<string> Uses(Regex pattern) =>
        Repository.Sources(Repository.PureFolders).SelectMany(source => source.Matches(pattern));

    [Test]
    public void What_a_box_judges_by_is_the_ledger_and_the_record_alone() => Findings.AreNone(
        Repository.Sources("Ledger.Node/Box/Judgement").SelectMany(static source =>
            source.Matches(AsyncPattern()).Concat(source.Matches(OutsidePattern()))));

    [GeneratedRegex(@"\b(float|double|decimal|Half|Single|Double|Decimal)\b(?!\()")]
    private static partial Regex FloatingPattern();

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset|Stopwatch|TickCount64?)\b")]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"\b(async|await|Task|ValueTask)\b")]
    private static partial Regex AsyncPattern();

    [GeneratedRegex(@"^(?!.*override int GetHashCode\(\)).*\.GetHashCode\(")]
    private static partial Regex HashCodePattern();

    [GeneratedRegex(@"\b(RecordStore|CustodyStore|Sqlite\w+|HttpClient|Socket|File|TimeProvider|UtcNow|Random\w*)\b")]
    private static partial Regex OutsidePattern();

    [GeneratedRegex(@"RS0030")]
    private static partial Regex PragmaPattern();
}
