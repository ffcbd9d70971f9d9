using Ledger.Node.Snapshots;
using Ledger.Primitives;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Snapshots;

/// <summary>When a node without blocks begins with a snapshot.</summary>
public sealed class SnapshotJoinTests
{
    private RecordedChain original = null!;
    private Joiner joiner = null!;

    [OneTimeSetUp]
    public void Record() => original = new RecordedChain(blocks: 30, records: 1);

    [OneTimeTearDown]
    public void Delete() => original.Dispose();

    [SetUp]
    public void Begin() => joiner = new Joiner(original.Ledger.GenesisBytes);

    [TearDown]
    public void End() => joiner.Dispose();

    [Test]
    public async Task A_short_way_is_gone_block_by_block_unless_a_snapshot_is_wanted()
    {
        Assert.That(await RunAsync(SnapshotMode.Auto, null, Honest()), Is.False);
        Assert.That(await RunAsync(SnapshotMode.Never, original.Checkpoint(9), Honest()), Is.False);
        Assert.That(await RunAsync(SnapshotMode.Always, original.Checkpoint(9), Honest()), Is.True);
    }

    [Test]
    public async Task A_founder_whose_peers_do_not_answer_yet_begins_without_them() =>
        Assert.That(await RunAsync(SnapshotMode.Auto, null, Silent()), Is.False);

    [Test]
    public void A_node_with_a_checkpoint_waits_for_a_peer_whose_chain_contains_it()
    {
        TrustedCheckpoint foreign = new(9, TaggedHash.Of("test"u8, [1]));
        using CancellationTokenSource stop = new();
        Task<bool> joining = NewJoin(SnapshotMode.Auto, foreign, Honest()).RunAsync(joiner.Database, stop.Token);

        Assert.That(joining.IsCompleted, Is.False);
        Assert.That(joiner.Progress.Text, Does.Contain("asking again"));
        stop.Cancel();
        Assert.That(async () => await joining, Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("12:" + Hash, true)]
    [TestCase("0:" + Hash, false)]
    [TestCase("-1:" + Hash, false)]
    [TestCase("12", false)]
    [TestCase("12:abc", false)]
    [TestCase("12:" + Hash + ":1", false)]
    public void A_checkpoint_is_height_and_hash(string text, bool isOne)
    {
        Assert.That(TrustedCheckpoint.TryParse(text, out TrustedCheckpoint? read), Is.EqualTo(isOne));
        Assert.That(read?.ToString(), Is.EqualTo(isOne ? text : null));
    }

    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private Task<bool> RunAsync(SnapshotMode mode, TrustedCheckpoint? checkpoint, ISnapshotSource source) =>
        NewJoin(mode, checkpoint, source).RunAsync(joiner.Database, CancellationToken.None);

    private SnapshotJoin NewJoin(SnapshotMode mode, TrustedCheckpoint? checkpoint, ISnapshotSource source) => new(
        joiner.NewProcess(checkpoint, source), mode, checkpoint, joiner.Progress, TimeProvider.System,
        new LoggerFactory().CreateLogger("test"));

    private ServerSource Honest() => new("honest", original.Server);

    private ServerSource Silent() => new("silent", original.Server)
    {
        OnHeaders = (_, _) => throw new PeerUnavailableException("connection refused"),
    };
}
