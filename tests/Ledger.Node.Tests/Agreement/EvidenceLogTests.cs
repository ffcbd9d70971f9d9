using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Agreement;

public sealed class EvidenceLogTests
{
    private const ulong Height = 7;
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private EvidenceLog log = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        log = NewLog();
    }

    [TearDown]
    public void Close()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void Of_one_key_few_pieces_are_kept_and_the_rest_is_not_written()
    {
        Flood(validator: 1, epoch: 0);

        ulong written = folder.Database.Sequence;
        log.Record(Votes(1, view: 1_000, epoch: 0));

        Assert.That(Kept(), Is.EqualTo(EvidenceLog.PiecesMax));
        Assert.That(folder.Database.Sequence, Is.EqualTo(written));
    }

    [Test]
    public void Another_key_and_the_next_epoch_have_room_of_their_own()
    {
        Flood(validator: 1, epoch: 0);
        Flood(validator: 2, epoch: 0);
        Flood(validator: 1, epoch: 1);

        Assert.That(Kept(), Is.EqualTo(3 * EvidenceLog.PiecesMax));
    }

    [Test]
    public void A_restart_gives_no_new_room()
    {
        Flood(validator: 1, epoch: 0);
        folder.Reopen();
        log = NewLog();

        log.Record(Votes(1, view: 1_000, epoch: 0));

        Assert.That(Kept(), Is.EqualTo(EvidenceLog.PiecesMax));
    }

    [Test]
    public void The_same_piece_is_kept_once_also_after_a_restart()
    {
        EquivocationEvidence evidence = Votes(1, view: 1, epoch: 0);
        log.Record(evidence);
        folder.Reopen();
        log = NewLog();
        ulong written = folder.Database.Sequence;

        log.Record(evidence);
        log.Record(evidence);

        Assert.That(folder.Database.Sequence, Is.EqualTo(written));
        Flood(validator: 1, epoch: 0);
        Assert.That(Kept(), Is.EqualTo(EvidenceLog.PiecesMax));
    }

    [Test]
    public void The_largest_pieces_have_room_for_one_and_it_can_be_read_again()
    {
        log.Record(new EquivocationEvidence(Large(1, 1), Large(1, 2)));
        log.Record(new EquivocationEvidence(Large(1, 3), Large(1, 4)));
        log.Record(new EquivocationEvidence(Large(1, 5), Large(1, 6)));

        Assert.That(Kept(), Is.EqualTo(1));
        Assert.That(
            folder.Database.Scan(LedgerColumns.Evidence, []).Sum(entry => entry.Value.Length),
            Is.InRange(EvidenceLog.BytesMax / 2, EvidenceLog.BytesMax));
    }

    [Test]
    public void The_kernel_does_not_wait_for_a_sync()
    {
        folder.Put(LedgerColumns.Pairs, [1], [1]);
        ulong synced = folder.Database.Sequence;
        Assert.That(Watermark.Read(folder.Data), Is.EqualTo(synced));

        log.Record(Votes(1, view: 1, epoch: 0));

        Assert.That(Watermark.Read(folder.Data), Is.EqualTo(synced));
        Assert.That(folder.Database.Sequence, Is.EqualTo(synced + 1));
        folder.Reopen();
        Assert.That(Kept(), Is.EqualTo(1), "the process may end at once");
    }

    private EvidenceLog NewLog() => new(folder.Database, NullLogger.Instance);

    private int Kept() => EvidenceLog.Read(folder.Database).Count;

    // As many as one height gives: two votes in each of 65 views and of both kinds.
    private void Flood(int validator, ulong epoch)
    {
        for (ulong view = 0; view < 130; view++)
        {
            log.Record(Votes(validator, view, epoch));
        }
    }

    private EquivocationEvidence Votes(int validator, ulong view, ulong epoch) =>
        new(Vote(validator, view, epoch, 1), Vote(validator, view, epoch, 2));

    private SignedEnvelope Vote(int validator, ulong view, ulong epoch, byte block) => Sign(
        validator,
        new ConsensusMessage.Vote(epoch, Height, view, VoteKind.Commit, TaggedHash.Of(Tags.Header, [block])));

    // A new view of view changes that nobody sent: its sender alone has signed it, and it is as large as may be.
    private SignedEnvelope Large(int validator, byte number)
    {
        SigningKey other = ledger.Votes[0];
        byte[] filling = new byte[900 * 1024];
        filling[0] = number;
        SignedEnvelope inner = SignedEnvelope.Of(ledger.Identities[0].Address, filling, other.Sign(Hash256.Zero));
        return Sign(validator, new ConsensusMessage.NewView(0, Height, 1, [inner, inner]));
    }

    private SignedEnvelope Sign(int validator, ConsensusMessage message)
    {
        byte[] body = MessageCodec.Encode(message);
        return SignedEnvelope.Of(
            ledger.Identities[validator].Address,
            body,
            ledger.Votes[validator].Sign(MessageVerifier.DigestOf(ledger.ChainId, body)));
    }
}
