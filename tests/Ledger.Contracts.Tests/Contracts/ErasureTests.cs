using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Erasing records: tombstones by their writer alone. Rule K-21.</summary>
[TestFixture]
public sealed class ErasureTests
{
    private const uint Version = RulesVersions.Erasure;

    private readonly TestParty school = new("school");
    private readonly TestParty other = new("other");
    private readonly TestParty learner = new("learner");
    private readonly List<IRangeLeaf> leaves = [];
    private TestLedger ledger = null!;

    private LlpcName Llpc => new(learner.Address, Calls.Verb);

    [SetUp]
    public void Begin()
    {
        leaves.Clear();
        ledger = new TestLedger(school, other);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        for (ulong statement = 1; statement <= 11; statement++)
        {
            Insert(statement);
        }
    }

    [Test]
    public void A_tombstone_takes_the_place_of_the_leaf_and_the_others_stay_proved()
    {
        ledger.Upgrade(Version, school, other);
        RecordRange before = Range();
        RecordLeaf gone = (RecordLeaf)leaves[4];

        OperationResult result = ledger.Accept(school, Calls.Erase(learner, leaves, 4));

        Bury(4);
        RecordRange after = Range();
        Assert.Multiple(() =>
        {
            Assert.That(result.Index, Is.EqualTo(4));
            Assert.That(
                (after.Count, after.Erased, after.LastHeight), Is.EqualTo((before.Count, 1UL, before.LastHeight)));
            Assert.That(ledger.Last!.Events.Select(one => (one.Kind, one.Actor, one.Number)), Is.EqualTo(new[]
            {
                (ContractEventKind.RecordsErased, (Address?)school.Address, 1UL),
            }));
            Assert.That(ledger.Last.Erased.Single().Leaf, Is.EqualTo(gone));
        });
        RequireProved();
        Assert.That(
            RecordRanges.Verify(after, gone.LeafHash, RecordRanges.Prove(Hashes(), 4)), Is.False,
            "What was erased is proved no more.");
    }

    [Test]
    public void Many_are_erased_by_one_call_whatever_mountains_they_stand_in()
    {
        ledger.Upgrade(Version, school, other);
        ulong[] places = [0, 3, 7, 8, 10];

        ledger.Accept(school, Calls.Erase(learner, leaves, places));

        Bury(places);
        RequireProved();
        ledger.Accept(school, Calls.Erase(learner, leaves, 1, 2, 4, 5, 6, 9));
        Bury(1, 2, 4, 5, 6, 9);
        RequireProved();
        Assert.That(Range().Erased, Is.EqualTo(Range().Count));
    }

    [Test]
    public void Nothing_is_erased_by_leaves_that_do_not_stand_there()
    {
        ledger.Upgrade(Version, school, other);
        Operation changed = Calls.Erase(learner, leaves, 4);
        changed.LlpcErase.Records[0].Commitment = Calls.Commitment(999);
        Operation elsewhere = Calls.Erase(learner, leaves, 4);
        elsewhere.LlpcErase.Records[0].Index = 5;
        Operation shortened = Calls.Erase(learner, leaves, 4);
        shortened.LlpcErase.Path.RemoveAt(0);
        Operation longer = Calls.Erase(learner, leaves, 4);
        longer.LlpcErase.Path.Add(Calls.Commitment(1));
        Operation beyond = Calls.Erase(learner, leaves, 4);
        beyond.LlpcErase.Records[0].Index = 11;
        foreach (Operation wrong in new[] { changed, elsewhere, shortened, longer })
        {
            ledger.Expect(ResultCode.LeafDiffers, school, wrong);
        }

        ledger.Expect(ResultCode.NoRecord, school, beyond);
        Operation right = Calls.Erase(learner, leaves, 4);
        ledger.Accept(school, right);
        ledger.Expect(ResultCode.LeafDiffers, school, right);
    }

    [Test]
    public void Nobody_but_the_writer_erases_and_a_writer_that_has_left_still_does()
    {
        ledger.Upgrade(Version, school, other);
        ledger.Expect(ResultCode.NoRecord, other, Calls.Erase(learner, leaves, 4));
        ledger.Expect(ResultCode.NoRecord, learner, Calls.Erase(learner, leaves, 4));
        ledger.Accept(learner, Calls.EndEnrolment(learner, school));

        ledger.Accept(school, Calls.Erase(learner, leaves, 4));
    }

    [Test]
    public void The_locator_is_free_from_the_next_block_on()
    {
        ledger.Upgrade(Version, school, other);
        BlockResult block = ledger.Block(ledger.Transaction(
            [school], [Calls.Erase(learner, leaves, 4)], [Calls.Insert(learner, 5)]));
        Assert.That(
            block.Receipts.Select(one => OperationResult.Parser.ParseFrom(one.Result.Span).Code),
            Is.EqualTo(new[] { ResultCode.Accepted, ResultCode.AlreadyAnchored }));

        Assert.That(ledger.Accept(school, Calls.Insert(learner, 5)).Index, Is.EqualTo(11));
        Assert.That((Range().Count, Range().Erased), Is.EqualTo((12UL, 1UL)));
    }

    [Test]
    public void A_refused_group_takes_its_erasures_back()
    {
        ledger.Upgrade(Version, school, other);
        BlockResult block = ledger.Block(ledger.Transaction(
            [school], [Calls.Erase(learner, leaves, 4), Calls.Create(learner)]));
        Assert.That((block.Erased.Count, Range().Erased), Is.EqualTo((0, 0UL)));
        ledger.Accept(school, Calls.Erase(learner, leaves, 4));
    }

    [Test]
    public void The_score_of_an_erased_record_is_closed()
    {
        ledger.Upgrade(Version, school, other);
        ledger.Accept(school, Calls.SealedScore(learner, 4));
        InstanceSeries series = StateKeys.Scores(Llpc, school.Address, 4);
        Assert.That(ledger.State.OpenNumber(series), Is.EqualTo(1));

        ledger.Accept(school, Calls.Erase(learner, leaves, 4));

        Assert.That(ledger.State.OpenNumber(series), Is.Zero);
    }

    [Test]
    public void Before_its_version_there_is_no_such_call()
    {
        ParsedTransaction early = ledger.Transaction([school], [Calls.Erase(learner, leaves, 4)]);
        Assert.That(
            TransactionRules.Check(early, ledger.State, ledger.Height + 1, ledger.TimeMs + TestLedger.BlockMs),
            Is.EqualTo(TransactionRefusal.NotInForce));
        ledger.Expect(ResultCode.Malformed, school, Calls.Erase(learner, leaves, 4));

        ledger.Upgrade(Version, school, other);
        ParsedTransaction late = ledger.Transaction([school], [Calls.Erase(learner, leaves, 4)]);
        Assert.That(
            TransactionRules.Check(late, ledger.State, ledger.Height + 1, ledger.TimeMs + TestLedger.BlockMs), Is.Null);
    }

    [Test]
    public void Every_set_of_places_of_ranges_of_every_length_is_erased_by_its_path()
    {
        TestRandom random = new(7);
        for (int count = 1; count <= 40; count++)
        {
            Hash256[] hashes = [.. Enumerable.Range(0, count).Select(_ => random.Hash())];
            RecordRange range = new();
            foreach (Hash256 hash in hashes)
            {
                RecordRanges.Append(range, hash, 1);
            }

            ulong[] places = [.. Enumerable.Range(0, count).Where(_ => random.Below(3) == 0).Select(at => (ulong)at)];
            if (places.Length == 0)
            {
                continue;
            }

            GrowingRange growing = new(range, new Hash256[GrowingRange.PeaksMax]);
            ReplacedLeaf[] replaced = [.. places.Select(at => new ReplacedLeaf(at, hashes[at], random.Hash()))];
            Assert.That(growing.TryErase(replaced, [.. new RangeProver(hashes).ProveAll(places)]), Is.True);
            foreach (ReplacedLeaf leaf in replaced)
            {
                hashes[leaf.Index] = leaf.After;
            }

            RecordRange expected = new() { Erased = (ulong)places.Length };
            foreach (Hash256 hash in hashes)
            {
                RecordRanges.Append(expected, hash, 1);
            }

            Assert.That(RecordRange.Parser.ParseFrom(growing.ToValue()), Is.EqualTo(expected), $"{count} leaves");
        }
    }

    private void Insert(ulong statement)
    {
        ledger.Write(school, learner, statement);
        leaves.AddRange(ledger.Last!.Records.Select(record => record.Leaf));
    }

    private void Bury(params ulong[] places)
    {
        foreach (ulong place in places)
        {
            leaves[(int)place] = new TombstoneLeaf
            {
                Index = place, Height = leaves[(int)place].Height, ErasedHeight = ledger.Height,
            };
        }
    }

    private RecordRange Range() => ledger.State.RecordRange(Llpc, school.Address);

    private Hash256[] Hashes() => [.. leaves.Select(leaf => leaf.LeafHash)];

    private void RequireProved()
    {
        Hash256[] hashes = Hashes();
        foreach (IRangeLeaf leaf in leaves)
        {
            Assert.That(
                RecordRanges.Verify(Range(), leaf.LeafHash, RecordRanges.Prove(hashes, leaf.Index)),
                Is.True, $"place {leaf.Index}");
        }
    }
}
