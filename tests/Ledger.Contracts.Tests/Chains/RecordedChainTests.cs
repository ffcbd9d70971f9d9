using System.Runtime.CompilerServices;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Determinism.Story;

namespace Ledger.Contracts.Tests.Chains;

/// <summary>
/// A chain that was decided by an earlier program: every later one must find the same roots in it, at every height.
/// </summary>
[TestFixture]
public sealed class RecordedChainTests
{
    private const ulong Seed = 2025;
    private const int BlocksCount = 400;
    private const int BlocksMin = 300;
    private const string ChainFile = "recorded-chain.bin";
    private const string ErasureFile = "recorded-chain-erasure.bin";
    private const string Advice =
        "Old chains no longer verify with this program. A change of rules is a new version of them, which begins at a "
        + "height that the members vote (Ledger.Contracts/README.md); a change of this file is a fork.";

    [Test]
    public void An_old_chain_gives_equal_roots_at_every_height()
    {
        Compare(RecordedChain.Read(GoldenPath(ChainFile)));
    }

    [Test]
    public void An_old_chain_that_was_upgraded_gives_equal_roots_at_every_height()
    {
        RecordedChain chain = RecordedChain.Read(GoldenPath(ErasureFile));
        Compare(chain, blocksMin: 60);
        BlockResult[] results = [.. chain.Replay().Select(static block => block.Result)];
        Assert.That(results.Sum(static result => result.Erased.Count), Is.GreaterThan(40));
        Assert.That(RulesVersions.Active(results[^1].State), Is.EqualTo(RulesVersions.Erasure));
    }

    [Test]
    public void A_chain_that_was_written_down_gives_equal_roots_when_it_is_read_again()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "recorded-chain.bin");
        RecordedChain.Of(Seed, BlocksCount).Write(path);
        Compare(RecordedChain.Read(path));
    }

    [Test]
    public void The_recorded_chain_uses_the_calls_and_does_many_of_them()
    {
        SortedDictionary<Operation.CallOneofCase, int> done = [];
        SortedSet<ResultCode> codes = [];
        foreach ((_, BlockResult result, IReadOnlyList<ParsedTransaction> transactions) in
            RecordedChain.Of(Seed, BlocksCount).Replay())
        {
            int place = 0;
            foreach (Operation operation in transactions
                .SelectMany(one => one.Body.Groups).SelectMany(group => group.Operations))
            {
                ResultCode code = OperationResult.Parser.ParseFrom(result.Receipts[place++].Result.Span).Code;
                codes.Add(code);
                done[operation.CallCase] =
                    done.GetValueOrDefault(operation.CallCase) + (code == ResultCode.Accepted ? 1 : 0);
            }
        }

        TestContext.Out.WriteLine(string.Join(", ", done.Select(one => $"{one.Key} {one.Value}")));
        TestContext.Out.WriteLine(string.Join(", ", codes));
        Assert.That(done.Keys, Has.Count.GreaterThanOrEqualTo(24));
        Assert.That(done.Count(one => one.Value > 0), Is.GreaterThanOrEqualTo(20));
        Assert.That(codes, Has.Count.GreaterThanOrEqualTo(30));
    }

    [Test]
    [Explicit("Writes the golden file anew: only with a commit that explains why old chains may be forgotten.")]
    public void Write_the_recorded_chain() => RecordedChain.Of(Seed, BlocksCount).Write(GoldenPath(ChainFile));

    [Test]
    [Explicit("Writes the golden file anew: only with a commit that explains why old chains may be forgotten.")]
    public void Write_the_recorded_chain_that_was_upgraded() =>
        ErasureStory.Of(Seed).Write(GoldenPath(ErasureFile));

    private static void Compare(RecordedChain chain, int blocksMin = BlocksMin)
    {
        ulong height = 0;
        foreach ((RecordedBlock recorded, BlockResult result, _) in chain.Replay())
        {
            height++;
            Assert.That(result.StateRoot, Is.EqualTo(recorded.StateRoot), $"state root of block {height}. {Advice}");
            Assert.That(
                result.ReceiptRoot, Is.EqualTo(recorded.ReceiptRoot), $"receipt root of block {height}. {Advice}");
        }

        Assert.That(height, Is.EqualTo(chain.Blocks.Count).And.GreaterThanOrEqualTo(blocksMin));
    }

    private static string GoldenPath(string file, [CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "Vectors", file));
}
