using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Ledger.ApplyCost;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;

// ledger-apply-cost [RECORDS] [LEARNERS] [BLOCKS]: CPU of applying a record operation, and proofs, at so many records.
long records = Argument(0, 1_000_000);
int learners = (int)Argument(1, 651);
int blocks = (int)Argument(2, 20);
ApplyWorld world = new(learners);
world.FillTo(records);
Console.WriteLine(
    $"{world.Records} records, {learners} learners, {learners * ApplyWorld.VerbsCount} contracts, "
    + $"{world.State.Tree.Count} keys, {GC.GetTotalMemory(true) / 1_000_000} MB");
foreach ((int transactions, int operations, int ofOperation) in
    new[] { (16, 256, 1), (64, 256, 1), (16, 128, 8) })
{
    List<double> costs = [];
    double puts = 0;
    for (int block = 0; block < blocks; block++)
    {
        ParsedTransaction[] chosen = world.Insertions(transactions, operations, ofOperation);
        GC.Collect();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        BlockResult result = world.Apply(chosen);
        TimeSpan took = Process.GetCurrentProcess().TotalProcessorTime - before;
        costs.Add(took.TotalMicroseconds / (transactions * operations));
        puts = (result.Changes.Count + (2.0 * result.Records.Count)) / (transactions * operations);
    }

    costs.Sort();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{transactions * operations} operations a block, {ofOperation} records each: "
        + $"median {costs[costs.Count / 2]:F2} "
        + $"us CPU an operation, least {costs[0]:F2}, {puts:F2} puts an operation"));
}

List<int> sizes = [];
Stopwatch proving = new();
Stopwatch verifying = new();
for (int round = 0; round < 2_000; round++)
{
    StateKey key = world.RandomRange();
    proving.Start();
    StateProof proof = world.State.Tree.Prove(key.Hash);
    proving.Stop();
    world.State.TryGet(key, out ReadOnlyMemory<byte> value);
    sizes.Add(proof.CalculateSize() + value.Length + key.Raw.Length);
    verifying.Start();
    bool holds = StateProofs.VerifyPresence(world.State.Root, key, value.Span, proof);
    verifying.Stop();
    if (!holds)
    {
        throw new InvalidOperationException("a proof does not verify");
    }
}

sizes.Sort();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"proof of a range: {sizes[1_000]} bytes, at most {sizes[^1]}; proved in "
    + $"{proving.Elapsed.TotalMicroseconds / 2_000:F1} us, "
    + $"verified in {verifying.Elapsed.TotalMicroseconds / 2_000:F1} us"));

long Argument(int place, long otherwise) =>
    args.Length > place ? long.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
