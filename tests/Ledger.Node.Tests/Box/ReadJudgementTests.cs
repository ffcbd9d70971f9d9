using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Box;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>What was judged before the trail was written, and what is judged after, must open the same.</summary>
public sealed class ReadJudgementTests
{
    private static readonly Address Learner = Someone(1);
    private static readonly Address Own = Someone(2);
    private static readonly Address Gone = Someone(3);

    [Test]
    public void The_same_is_the_same()
    {
        ReadJudgement before = Judgement((Own, ReadPermit.All), (Gone, Limited(5)));
        Assert.That(before.IsAs(Judgement((Own, ReadPermit.All), (Gone, Limited(5)))));
    }

    [Test]
    public void A_writer_who_was_lost_is_another_judgement() => Assert.That(
        Judgement((Own, ReadPermit.All), (Gone, ReadPermit.All)).IsAs(Judgement((Own, ReadPermit.All))), Is.False);

    [Test]
    public void Other_limits_are_another_judgement_and_so_are_the_same_limits_for_another_writer()
    {
        ReadJudgement before = Judgement((Own, Limited(5)), (Gone, ReadPermit.All));
        Assert.Multiple(() =>
        {
            Assert.That(before.IsAs(Judgement((Own, Limited(6)), (Gone, ReadPermit.All))), Is.False);
            Assert.That(before.IsAs(Judgement((Own, ReadPermit.All), (Gone, Limited(5)))), Is.False);
            Assert.That(before.IsAs(new ReadJudgement([], BoxRefusals.NoRight)), Is.False);
        });
    }

    [Test]
    public void Another_grant_that_is_counted_is_another_judgement() => Assert.That(
        Judgement((Own, Counted(1))).IsAs(Judgement((Own, Counted(2)))), Is.False);

    private static ReadJudgement Judgement(params (Address Writer, ReadPermit Permit)[] writers) => new(
        [
            new VerbPermit(
                new LlpcName(Learner, "https://example.org/verbs/read"),
                [.. writers.Select(static one => new WriterPermit(one.Writer, one.Permit))]),
        ],
        null);

    private static ReadPermit Limited(long fromUnixMs) => new([new GrantLimits { FromUnixMs = fromUnixMs }], []);

    private static ReadPermit Counted(uint readsMax) => new([], [(new StateKey(new byte[] { 1 }), readsMax)]);

    private static Address Someone(byte value) => new([.. Enumerable.Repeat(value, Address.Size)]);
}
