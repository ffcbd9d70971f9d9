using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>F52: what a key signed while it was valid stays good when the key is another one since.</summary>
[TestFixture]
public sealed class HistoricalKeyTests
{
    private static readonly Hash256 Credential = new TestRandom(52).Hash();

    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];

    private readonly TestParty second = new("second key");
    private readonly TestParty third = new("third key");
    private TestLedger ledger = null!;
    private long secondOpened;
    private long thirdOpened;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.TimeMs += 1_000_000;
        ledger.Accept(schools[0], Calls.Rotate(ledger, schools[0], second.Key));
        secondOpened = ledger.TimeMs;
        ledger.TimeMs += 1_000_000;
        ledger.Accept(schools[0].With(second.Key), Calls.Rotate(ledger, schools[0], third.Key, number: 3));
        thirdOpened = ledger.TimeMs;
    }

    [Test]
    public void A_credential_by_a_key_valid_then_verifies_and_one_dated_after_its_end_fails()
    {
        KeyHistory history = KeyHistory.Of(ledger.State, schools[0].Address);
        TestSignatures verifier = new();
        byte[] byFirst = TestSignatures.Sign(schools[0].Key, Credential);
        byte[] bySecond = TestSignatures.Sign(second.Key, Credential);
        Assert.That(history.Verifies(Credential, byFirst, TestLedger.StartMs, verifier), Is.True);
        Assert.That(history.Verifies(Credential, byFirst, secondOpened - 1, verifier), Is.True);
        Assert.That(history.Verifies(Credential, byFirst, secondOpened, verifier), Is.False);
        Assert.That(history.Verifies(Credential, bySecond, secondOpened - 1, verifier), Is.False);
        Assert.That(history.Verifies(Credential, bySecond, secondOpened, verifier), Is.True);
        Assert.That(history.Verifies(Credential, bySecond, thirdOpened, verifier), Is.False);
        Assert.That(history.Verifies(Credential, byFirst, TestLedger.StartMs - 1, verifier), Is.False);
        Assert.That(history.Verifies(new TestRandom(53).Hash(), byFirst, TestLedger.StartMs, verifier), Is.False);
    }

    [Test]
    public void Heights_tell_the_same()
    {
        KeyHistory history = KeyHistory.Of(ledger.State, schools[0].Address);
        Assert.That(history.AtHeight(0), Is.EqualTo(schools[0].Key));
        Assert.That(history.AtHeight(1), Is.EqualTo(second.Key));
        Assert.That(history.AtHeight(2), Is.EqualTo(third.Key));
        Assert.That(history.AtHeight(99), Is.EqualTo(third.Key));
        Assert.That(KeyHistory.Of(ledger.State, new TestParty("nobody").Address).AtHeight(9), Is.Null);
    }

    [Test]
    public void The_history_is_proved_at_the_newest_root_by_counter_and_instances()
    {
        InstanceSeries series = StateKeys.SigningKeys(schools[0].Address);
        Counter counter = Proved(series.Counter, Counter.Parser);
        KeyInstance[] keys =
            [.. Enumerable.Range(1, (int)counter.Count).Select(n => Proved(series.At((ulong)n), KeyInstance.Parser))];
        KeyHistory? history = KeyHistory.From(counter, keys);
        Assert.That(history!.AtTime(secondOpened), Is.EqualTo(second.Key));
    }

    [Test]
    public void What_is_not_whole_is_no_history()
    {
        InstanceSeries series = StateKeys.SigningKeys(schools[0].Address);
        Counter counter = ledger.State.Find(series.Counter, Counter.Parser)!;
        Assert.That(KeyHistory.From(counter, Keys()), Is.Not.Null);
        Assert.That(KeyHistory.From(counter, [.. Keys().Skip(1)]), Is.Null);
        Assert.That(KeyHistory.From(counter, [.. Keys().Reverse()]), Is.Null);
        Assert.That(KeyHistory.From(counter, [Keys()[0], Keys()[0], Keys()[2]]), Is.Null);
        Refuse(counter, keys => keys[0].ClosedUnixMs = 0);
        Refuse(counter, keys => keys[0].Interval.ToHeight = 0);
        Refuse(counter, keys => keys[0].Interval = null);
        Refuse(counter, keys => keys[1].OpenedUnixMs = keys[0].ClosedUnixMs - 1);
        Refuse(counter, keys => keys[1].Interval.FromHeight = 0);
        Refuse(counter, keys => keys[2].PublicKey = Google.Protobuf.ByteString.Empty);
        Refuse(counter, keys => keys[1].OpenedUnixMs = keys[1].ClosedUnixMs + 1);
        Counter closed = counter.Clone();
        closed.Open = 0;
        Assert.That(KeyHistory.From(closed, Keys()), Is.Null);
    }

    private KeyInstance[] Keys() =>
        [.. ledger.State.Instances(StateKeys.SigningKeys(schools[0].Address), KeyInstance.Parser)];

    private void Refuse(Counter counter, Action<KeyInstance[]> change)
    {
        KeyInstance[] keys = Keys();
        change(keys);
        Assert.That(KeyHistory.From(counter, keys), Is.Null);
    }

    private T Proved<T>(StateKey key, Google.Protobuf.MessageParser<T> parser)
        where T : class, Google.Protobuf.IMessage<T>
    {
        Assert.That(ledger.State.TryGet(key, out ReadOnlyMemory<byte> value), Is.True);
        StateProof proof = ledger.State.Tree.Prove(key.Hash);
        Assert.That(StateProofs.VerifyPresence(ledger.State.Root, key, value.Span, proof), Is.True);
        return parser.ParseFrom(value.Span);
    }
}
