using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Determinism.Story;

namespace Ledger.Contracts.Tests.Chains;

/// <summary>
/// A chain that goes from the first version of the rules to that of erasing: records come, and go by ones and by many,
/// and what does not fit is refused. Everything follows from a seed.
/// </summary>
internal sealed class ErasureStory
{
    private const int RoundsCount = 90;
    private const int UpgradeAt = 20;

    private readonly TestParty[] schools = [new("first"), new("second")];
    private readonly TestParty learner = new("learner");
    private readonly List<RecordedBlock> blocks = [];
    private readonly List<IRangeLeaf> leaves = [];
    private readonly TestRandom random;
    private readonly TestLedger ledger;
    private ulong statement;

    private ErasureStory(ulong seed)
    {
        random = new TestRandom(seed);
        ledger = new TestLedger(schools);
    }

    /// <summary>The chain of a seed.</summary>
    public static RecordedChain Of(ulong seed)
    {
        ErasureStory story = new(seed);
        story.Tell();
        return new RecordedChain(TestLedger.GenesisOf(story.schools).ToByteArray(), story.blocks);
    }

    private void Tell()
    {
        Decide([learner], Calls.UicCreate());
        Decide([schools[0], learner], Calls.Enrol(learner, schools[0]));
        Decide(
            [schools[0]],
            Calls.PicCreate(), Calls.Create(learner), Calls.UicInsert(learner), Calls.PicInsert(learner));
        for (int round = 0; round < RoundsCount; round++)
        {
            if (round == UpgradeAt)
            {
                Upgrade();
            }

            Turn();
        }
    }

    private void Upgrade()
    {
        Decide([schools[0]], Calls.Upgrade(RulesVersions.Erasure, ledger.Height + 1));
        Decide([schools[1]], Calls.VoteOn(1));
        foreach (TestParty seat in schools)
        {
            Decide([seat], new Operation
            {
                AnnounceVersion = new AnnounceVersion { Version = RulesVersions.Erasure },
            });
        }
    }

    private void Turn()
    {
        if (leaves.Count == 0 || random.Below(2) == 0)
        {
            ulong[] statements = [.. Enumerable.Range(0, 1 + random.Below(5)).Select(_ => ++statement)];
            Decide([schools[0]], Calls.Insert(learner, statements));
            return;
        }

        ulong[] places =
        [
            .. leaves.OfType<RecordLeaf>().Where(_ => random.Below(8) == 0).Select(leaf => leaf.Index),
        ];
        if (places.Length > 0)
        {
            // Now and then by somebody else, or with a path that lacks its end.
            Operation erase = Calls.Erase(learner, leaves, places);
            if (random.Below(6) == 0 && erase.LlpcErase.Path.Count > 0)
            {
                erase.LlpcErase.Path.RemoveAt(erase.LlpcErase.Path.Count - 1);
            }

            Decide([schools[random.Below(8) == 0 ? 1 : 0]], erase);
        }
    }

    private void Decide(TestParty[] signers, params Operation[] operations)
    {
        ParsedTransaction transaction = ledger.Transaction(signers, operations);
        BlockResult result = ledger.Block(transaction);
        blocks.Add(new RecordedBlock(
            ledger.TimeMs, [transaction.SignedBytes.ToArray()], result.StateRoot, result.ReceiptRoot));
        leaves.AddRange(result.Records.Select(record => record.Leaf));
        foreach (ErasedLeaf erased in result.Erased)
        {
            leaves[(int)erased.Tombstone.Index] = erased.Tombstone;
        }
    }
}
