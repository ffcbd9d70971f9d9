using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;

namespace Ledger.Contracts.Tests.Execution;

/// <summary>Whoever is refused is told what to do, in sentences.</summary>
[TestFixture]
public sealed class ResultCodeTextTests
{
    [TestCaseSource(nameof(Codes))]
    public void Every_code_is_told_in_sentences(ResultCode code)
    {
        string text = ResultCodeText.Of(code);

        Assert.That(text, Does.EndWith("."));
        Assert.That(char.IsLower(text[0]), Is.False, text);
        Assert.That(text, Has.Length.LessThanOrEqualTo(200));
    }

    [Test]
    public void No_two_codes_are_told_alike() =>
        Assert.That(Codes().Select(ResultCodeText.Of), Is.Unique);

    private static IEnumerable<ResultCode> Codes() => Enum.GetValues<ResultCode>();
}
