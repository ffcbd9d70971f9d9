using System.Text;
using System.Text.RegularExpressions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Architecture.Tests;

/// <summary>
/// The steps of "How to add a contract" in Ledger.Contracts/README.md, for every call that there is: who leaves one out
/// is told which, and where it belongs.
/// </summary>
public sealed partial class NewContractTests
{
    private const string Guide = "See \"How to add a contract\" in Ledger.Contracts/README.md.";

    private static readonly string Document = Repository.Text("docs/contracts.md");

    private static readonly string ContractTests = string.Join('\n', Repository
        .Sources("tests/Ledger.Contracts.Tests/").SelectMany(static source => source.Lines));

    private static IEnumerable<string> Calls => Operation.Descriptor.Oneofs.Single().Fields
        .Select(static one => ToPascal(one.Name));

    [TestCaseSource(nameof(Calls))]
    public void Every_call_has_its_form(string call) => Needs(
        "Ledger.Contracts/Transactions/CallForm.cs",
        $"CallOneofCase.{call} ",
        $"Step 2: {call} has no arm in CallForm, which judges what can be judged without state.");

    [TestCaseSource(nameof(Calls))]
    public void Every_call_has_its_contract(string call) => Needs(
        "Ledger.Contracts/Execution/ContractTable.cs",
        $"CallOneofCase.{call} ",
        $"Step 4: {call} has no arm in ContractTable: nobody serves it.");

    [TestCaseSource(nameof(Calls))]
    public void Every_call_is_said_in_words_before_it_is_signed(string call) => Needs(
        "Ledger.Client/Library/Transactions/OperationText.cs",
        $"CallOneofCase.{call} ",
        $"Step 4: {call} has no arm in OperationText: who signs would not know what it signs.");

    [TestCaseSource(nameof(Calls))]
    public void Every_call_has_its_row_in_the_document(string call) => Assert.That(
        Document.Contains($"`{call}`", StringComparison.Ordinal), Is.True,
        $"Step 4: docs/contracts.md has no row for `{call}`: who may call it, what it does, what it refuses. {Guide}");

    [TestCaseSource(nameof(Calls))]
    public void Every_call_has_a_sample_in_the_tests(string call) => Assert.That(
        Regex.IsMatch(ContractTests, $@"\bnew {call}\b|\b{call} ="), Is.True,
        $"Step 5: no test below tests/Ledger.Contracts.Tests makes a {call}. Add one to Support/Calls.cs. {Guide}");

    [TestCaseSource(nameof(Codes))]
    public void Every_refusal_has_a_text(ResultCode code) => Needs(
        "Ledger.Contracts/Execution/ResultCodeText.cs",
        $"ResultCode.{code} ",
        $"Step 4: {code} has no text in ResultCodeText: who is refused would not know what to do.");

    [TestCaseSource(nameof(Codes))]
    public void Every_refusal_is_in_the_document(ResultCode code) => Assert.That(
        Document.Contains($"`{NameOf(code)}`", StringComparison.Ordinal), Is.True,
        $"Step 4: docs/contracts.md does not say when `{NameOf(code)}` is answered. {Guide}");

    [TestCaseSource(nameof(Codes))]
    public void Every_refusal_has_a_test(ResultCode code) => Assert.That(
        Regex.IsMatch(ContractTests, $@"ResultCode\.{code}\b"), Is.True,
        $"Step 5: no test below tests/Ledger.Contracts.Tests expects {code}. {Guide}");

    [TestCaseSource(nameof(Kinds))]
    public void Every_kind_of_state_says_what_its_value_is(StateKind kind) => Needs(
        "Ledger.Contracts/State/StateValues.cs",
        $"StateKind.{kind} ",
        $"Step 3: {kind} has no arm in StateValues: nobody could show or check its values.");

    [TestCaseSource(nameof(Kinds))]
    public void Every_kind_of_state_says_who_may_see_it(StateKind kind) => Needs(
        "Ledger.Node/Api/Caller.cs",
        $"StateKind.{kind} ",
        $"Step 3: {kind} is not in MaySee of Ledger.Node/Api/Caller.cs: who besides members may see it?");

    [Test]
    public void Numbers_of_events_are_used_once()
    {
        string[] twice = [.. Enum.GetValues<ContractEventKind>().GroupBy(static kind => (int)kind)
            .Where(static group => group.Count() > 1).Select(static group => $"number {group.Key}")];
        Findings.AreNone(twice);
    }

    private static IEnumerable<ResultCode> Codes => Enum.GetValues<ResultCode>()
        .Where(static code => code is not ResultCode.Unspecified and not ResultCode.Accepted);

    private static IEnumerable<StateKind> Kinds => Enum.GetValues<StateKind>();

    private static void Needs(string file, string part, string otherwise)
    {
        // A line break may follow a name as well as a blank.
        string text = BlanksPattern().Replace(Repository.Text(file), " ");
        Assert.That(
            text.Contains(part, StringComparison.Ordinal)
                || text.Contains(part.TrimEnd() + ")", StringComparison.Ordinal),
            Is.True, $"{otherwise} {Guide}");
    }

    private static string NameOf(ResultCode code) => OperationResult.Descriptor
        .FindFieldByName("code").EnumType.FindValueByNumber((int)code).Name;

    private static string ToPascal(string name)
    {
        StringBuilder pascal = new();
        foreach (string word in name.Split('_'))
        {
            pascal.Append(char.ToUpperInvariant(word[0])).Append(word[1..]);
        }

        return pascal.ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex BlanksPattern();
}
