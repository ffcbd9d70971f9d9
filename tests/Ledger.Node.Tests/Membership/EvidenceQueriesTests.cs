using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Membership;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Membership;

public sealed class EvidenceQueriesTests
{
    private const ulong Height = 7;
    private const ulong View = 3;
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
    }

    [TearDown]
    public void Close()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void Two_votes_of_one_key_for_one_slot_are_shown_as_verified()
    {
        Keep(Vote(ledger.Votes[1], 1), Vote(ledger.Votes[1], 2));

        EvidenceView shown = All().Single();
        Assert.That(shown.Verified, Is.True);
        Assert.That(shown.Validator.Span.SequenceEqual(ledger.Identities[1].Address.ToArray()), Is.True);
        Assert.That((shown.Epoch, shown.Height, shown.View, shown.Kind), Is.EqualTo((0UL, Height, View, "commit")));
    }

    [Test]
    public void What_another_key_signed_or_what_says_the_same_twice_is_shown_as_not_verified()
    {
        Keep(Vote(ledger.Votes[1], 1), Vote(ledger.Votes[2], 2));
        Keep(Vote(ledger.Votes[1], 1), Vote(ledger.Votes[1], 1));

        Assert.That(All().Select(shown => shown.Verified), Is.EqualTo(new[] { false, false }));
    }

    [Test]
    public void What_is_of_an_epoch_that_is_not_known_is_shown_as_not_verified()
    {
        Keep(Vote(ledger.Votes[1], 1, epoch: 9), Vote(ledger.Votes[1], 2, epoch: 9));

        Assert.That(All().Single().Verified, Is.False);
    }

    private void Keep(SignedEnvelope first, SignedEnvelope second) =>
        new EvidenceLog(folder.Database, NullLogger.Instance).Record(new EquivocationEvidence(first, second));

    private IEnumerable<EvidenceView> All() => new EvidenceQueries(
        ledger.ChainId,
        ChainRecovery.Open(folder.Database, ledger.GenesisBytes),
        folder.Database,
        Ed25519Verifier.Instance).All().Evidence;

    private SignedEnvelope Vote(SigningKey key, byte block, ulong epoch = 0)
    {
        byte[] body = MessageCodec.Encode(new ConsensusMessage.Vote(
            epoch, Height, View, VoteKind.Commit, TaggedHash.Of(Tags.Header, [block])));
        return SignedEnvelope.Of(
            ledger.Identities[1].Address, body, key.Sign(MessageVerifier.DigestOf(ledger.ChainId, body)));
    }
}
