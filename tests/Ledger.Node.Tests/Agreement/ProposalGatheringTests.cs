using Ledger.Consensus;
using Ledger.Node.Agreement;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Agreement;

public sealed class ProposalGatheringTests
{
    private const int Count = 32;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(12);
    private static readonly Hash256 Block = TaggedHash.Of(Tags.BlockEvents, [1]);
    private static readonly Hash256 AnotherBlock = TaggedHash.Of(Tags.BlockEvents, [2]);

    private readonly SteppedTime time = new();
    private readonly List<BuildRequest> built = [];
    private ManualQueue kernel = null!;
    private ProposalGathering gathering = null!;
    private int waiting;

    [SetUp]
    public void Begin()
    {
        built.Clear();
        waiting = 0;
        kernel = new ManualQueue(time);
        gathering = new ProposalGathering(kernel, () => waiting, time, built.Add);
    }

    [Test]
    public void A_leader_at_rest_builds_at_once()
    {
        waiting = 1;
        gathering.Begin(Request(1));

        Assert.That(built, Is.EqualTo([Request(1)]));
    }

    [Test]
    public void A_leader_under_load_builds_once_as_many_have_come_as_its_last_block_held()
    {
        Decide(Block);
        waiting = 10;
        gathering.Begin(Request(2));
        Assert.That(built, Is.Empty);

        Come(Count - 1);
        Assert.That(built, Is.Empty, "one is missing");
        Come(1);

        Assert.That(built, Is.EqualTo([Request(2)]));
    }

    [Test]
    public void It_builds_once_nobody_comes_any_more()
    {
        Decide(Block);
        gathering.Begin(Request(2));
        Come(3);
        kernel.Pass(ProposalPace.Pause);
        Assert.That(built, Is.Empty, "three have come meanwhile");
        kernel.Pass(ProposalPace.Pause);

        Assert.That(built, Is.EqualTo([Request(2)]));
    }

    [Test]
    public void It_builds_when_the_time_of_two_rounds_is_over_however_many_come()
    {
        Decide(Block);
        gathering.Begin(Request(2));
        for (TimeSpan passed = TimeSpan.Zero; passed < 2 * Round; passed += ProposalPace.Pause)
        {
            Assert.That(built, Is.Empty);
            Come(1);
            kernel.Pass(ProposalPace.Pause);
        }

        Assert.That(built, Is.EqualTo([Request(2)]));
    }

    [Test]
    public void What_was_asked_for_is_built_once()
    {
        Decide(Block);
        gathering.Begin(Request(2));
        Come(Count);
        Come(Count);
        kernel.Pass(ProposalPace.Pause);
        kernel.Pass(ProposalPace.Pause);

        Assert.That(built, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_later_request_takes_the_place_of_the_one_before()
    {
        Decide(Block);
        gathering.Begin(Request(2));
        gathering.Begin(Request(2, view: 5));
        Come(Count);
        kernel.Pass(ProposalPace.Pause);

        Assert.That(built, Is.EqualTo([Request(2, view: 5)]));
    }

    [Test]
    public void After_a_block_of_somebody_else_nothing_is_gathered()
    {
        gathering.OnBuilt(Block, Count, tookAllThatWaited: true);
        gathering.OnDecided(AnotherBlock);
        gathering.Begin(Request(2));

        Assert.That(built, Has.Count.EqualTo(1));
    }

    private void Decide(Hash256 block)
    {
        gathering.OnBuilt(block, Count, tookAllThatWaited: true);
        time.Now += Round;
        gathering.OnDecided(block);
    }

    private void Come(int count)
    {
        for (int one = 0; one < count; one++)
        {
            waiting++;
            gathering.OnWorkArrived();
            kernel.DoPosted();
        }
    }

    private static BuildRequest Request(ulong height, ulong view = 0) =>
        new(height, view, 0, Block, 0, AnotherBlock);

    /// <summary>A monotonic time that the test moves.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    /// <summary>A kernel's thread that works when the test says so.</summary>
    private sealed class ManualQueue(SteppedTime time) : IKernelQueue
    {
        private readonly Queue<Action> posted = new();
        private (TimeSpan At, Action Work)? later;

        public void Post(Action work) => posted.Enqueue(work);

        public void PostLater(TimeSpan wait, Action work) => later = (time.Now + wait, work);

        public void DoPosted()
        {
            while (posted.TryDequeue(out Action? work))
            {
                work();
            }
        }

        public void Pass(TimeSpan span)
        {
            time.Now += span;
            if (later is { } due && time.Now >= due.At)
            {
                later = null;
                due.Work();
            }
        }
    }
}
