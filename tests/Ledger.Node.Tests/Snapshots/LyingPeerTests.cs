using Google.Protobuf;
using Ledger.Node.Protos;
using Ledger.Node.Snapshots;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Snapshots;

/// <summary>One honest peer is enough, whatever the others do.</summary>
public sealed class LyingPeerTests
{
    private RecordedChain original = null!;
    private Joiner joiner = null!;

    [OneTimeSetUp]
    public void Record() => original = new RecordedChain(blocks: 40, records: 3);

    [OneTimeTearDown]
    public void Delete() => original.Dispose();

    [SetUp]
    public void Begin() => joiner = new Joiner(original.Ledger.GenesisBytes);

    [TearDown]
    public void End() => joiner.Dispose();

    private static IEnumerable<TestCaseData> Lies()
    {
        Random random = new(1);
        yield return Piece("a changed byte", (_, piece) => Changed(piece, content => content[content.Length / 2] ^= 4));
        yield return Piece("junk", (_, _) => new SnapshotPiece { Content = ByteString.CopyFrom(Junk(random, 5_000)) });
        yield return Piece("nothing", (_, _) => new SnapshotPiece());
        yield return Piece("a piece cut short", (_, piece) => new SnapshotPiece
        {
            Content = ByteString.CopyFrom(piece.Content.Span[..^1]),
        });
        SnapshotPiece? first = null;
        yield return Piece("always the first piece", (_, piece) => first ??= piece);
        SnapshotPiece? before = null;
        yield return Piece("the piece before", (_, piece) =>
        {
            (SnapshotPiece? last, before) = (before, piece);
            return last ?? new SnapshotPiece();
        });
    }

    [TestCaseSource(nameof(Lies))]
    public async Task A_liar_in_pieces_is_dropped_and_the_rest_comes_from_others(
        Func<SnapshotPieceRequest, SnapshotPiece, SnapshotPiece> lie)
    {
        ServerSource liar = new("liar", original.Server)
        {
            OnPiece = (request, piece) => Task.FromResult(piece is null ? null : lie(request, piece)),
        };

        Assert.That(await joiner.TryAsync(original.Checkpoint(20), liar, Honest()), Is.True);

        Assert.That(liar.Pieces, Is.InRange(1, 2), "it is not asked again");
        Assert.That(joiner.Start().Head.State.Root, Is.EqualTo(original.Chain.Head.State.Root));
    }

    [Test]
    public async Task Liars_alone_bring_nothing_about()
    {
        ServerSource liar = new("liar", original.Server)
        {
            OnPiece = (_, piece) => Task.FromResult<SnapshotPiece?>(Changed(piece!, content => content[^1] ^= 1)),
        };

        Assert.That(await joiner.TryAsync(null, liar), Is.False);
        Assert.That(joiner.Start().Head.Height, Is.Zero);
    }

    [Test]
    public async Task A_peer_that_does_not_answer_is_passed_over()
    {
        TaskCompletionSource<SnapshotPiece?> never = new();
        FastClock clock = new();
        joiner.Time = clock;
        ServerSource silent = new("silent", original.Server) { OnPiece = (_, _) => never.Task };

        Assert.That(await joiner.TryAsync(null, silent, Honest()), Is.True);

        Assert.That(silent.Pieces, Is.EqualTo(1));
    }

    [Test]
    public async Task A_height_without_a_certificate_is_not_believed()
    {
        ServerSource boaster = new("boaster", original.Server)
        {
            OnOffers = list => new SnapshotList
            {
                Offers =
                {
                    new SnapshotOffer { Height = 1_000_000, BlockHash = list.Offers[0].BlockHash },
                    new SnapshotOffer { Height = 39, BlockHash = list.Offers[0].BlockHash },
                },
            },
        };

        Assert.That(await joiner.TryAsync(null, boaster, Honest()), Is.True);

        Assert.That(boaster.Pieces, Is.Zero);
        Assert.That(joiner.Start().Head.Height, Is.EqualTo(40));
    }

    [Test]
    public async Task A_head_with_a_forged_or_thin_certificate_is_not_believed()
    {
        ServerSource forger = Headers(reply => reply.Header.Certificate.Votes[1].Signature =
            ByteString.CopyFrom(new byte[64]));
        ServerSource thin = Headers(reply => reply.Header.Certificate.Votes.RemoveAt(0));
        ServerSource other = Headers(reply => reply.Header.Header = original.Reader.Block(3)!.Block.Proposal.Header);
        SnapshotFetch fetch = joiner.NewProcess(null, forger, thin, other, Honest());

        IReadOnlyList<SurveyedPeer> peers = await fetch.SurveyAsync(CancellationToken.None);

        Assert.That(peers.Select(peer => peer.Source.Name), Is.EqualTo(["honest"]));
        Assert.That(peers[0].HeadHeight, Is.EqualTo(40));
    }

    [Test]
    public async Task A_chain_without_the_checkpoint_is_refused()
    {
        TrustedCheckpoint foreign = new(20, TaskHash());
        SnapshotFetch fetch = joiner.NewProcess(foreign, Honest());

        Assert.That(await fetch.SurveyAsync(CancellationToken.None), Is.Empty);
        Assert.That(await joiner.TryAsync(foreign, Honest()), Is.False);
    }

    [Test]
    public async Task A_peer_that_stands_before_the_checkpoint_is_passed_over()
    {
        TrustedCheckpoint ahead = new(41, TaskHash());

        Assert.That(await joiner.NewProcess(ahead, Honest()).SurveyAsync(CancellationToken.None), Is.Empty);
    }

    private static Hash256 TaskHash() => TaggedHash.Of("test"u8, [1]);

    private static TestCaseData Piece(string what, Func<SnapshotPieceRequest, SnapshotPiece, SnapshotPiece> lie) =>
        new TestCaseData(lie).SetArgDisplayNames(what);

    private static SnapshotPiece Changed(SnapshotPiece piece, Action<byte[]> change)
    {
        byte[] content = piece.Content.ToByteArray();
        change(content);
        return new SnapshotPiece { Content = ByteString.CopyFrom(content) };
    }

    private static byte[] Junk(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private ServerSource Headers(Action<HeaderReply> change) => new("forger", original.Server)
    {
        OnHeaders = (_, reply) =>
        {
            HeaderReply changed = reply.Clone();
            change(changed);
            return changed;
        },
    };

    private ServerSource Honest() => new("honest", original.Server);

    /// <summary>Time in which every wait is over at once.</summary>
    private sealed class FastClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime / 100, period);
    }
}
