using System.Diagnostics;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Running;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Granted;

/// <summary>
/// A learner of the first institution, with records that its node took in and anchored, and a grant to the last one.
/// </summary>
public sealed class GrantedWorld
{
    /// <summary>The verb of all records.</summary>
    public const string Verb = "http://id.tincanapi.com/verb/viewed";

    private const string HomePage = "https://lms.example.org";
    private const string Student = "reader-1";

    /// <summary>A thousand records are anchored in some seconds.</summary>
    private static readonly TimeSpan AnchoringTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private GrantedWorld(BenchmarkMember box, BenchmarkMember reader, Address learner, TrustRoot trust)
    {
        Box = box;
        Reader = reader;
        Learner = learner;
        Trust = trust;
    }

    /// <summary>Whose box is asked.</summary>
    public BenchmarkMember Box { get; }

    /// <summary>Who reads.</summary>
    public BenchmarkMember Reader { get; }

    /// <summary>Whose records.</summary>
    public Address Learner { get; }

    /// <summary>The genesis document.</summary>
    public TrustRoot Trust { get; }

    /// <summary>Makes it.</summary>
    public static async Task<GrantedWorld> FoundAsync(
        BenchmarkConsortium consortium, int records, CancellationToken cancellation)
    {
        BenchmarkMember box = consortium.Members[0];
        BenchmarkMember reader = consortium.Members[^1];
        using SigningKey learner = SigningKey.Create();
        await DecideAsync(consortium, [box.Key], cancellation, Operations.PicCreate());
        await DecideAsync(consortium, [reader.Key], cancellation, Operations.PicCreate());
        await DecideAsync(consortium, [learner], cancellation, Operations.UicCreate());
        await DecideAsync(
            consortium, [learner, box.Key], cancellation, Operations.Enrol(learner.Address, box.Address));
        await box.Client.PairLearnerAsync($"{HomePage}|{Student}", learner.Address, cancellation);
        await ImportAsync(box.Client, records, cancellation);
        await AnchoredAsync(box, learner.Address, records, cancellation);
        await DecideAsync(consortium, [learner], cancellation, Operations.LlpcGrant(
            learner.Address, Verb, reader.Address, new Rights { Read = true }, parent: 0, endUnixMs: 0, limits: []));
        byte[] genesis = await box.Client.GetGenesisAsync(cancellation);
        return TrustRoot.TryFromGenesis(genesis, out TrustRoot? trust)
            ? new GrantedWorld(box, reader, learner.Address, trust)
            : throw new BenchmarkException("The node's genesis document is none.");
    }

    private static async Task ImportAsync(LedgerClient store, int records, CancellationToken cancellation)
    {
        foreach (int[] some in Enumerable.Range(1, records).Chunk(LedgerClient.ImportLinesMax))
        {
            LinesToImport lines = new();
            lines.Lines.AddRange(some.Select(static number => new LineToImport
            {
                Number = (ulong)number, Json = ByteString.CopyFrom(Encoding.UTF8.GetBytes(StatementOf(number))),
            }));
            LinesReport report = await store.ImportLinesAsync(lines, cancellation);
            if (report.Added != (ulong)some.Length)
            {
                throw new BenchmarkException(
                    $"The record store took {report.Added} of {some.Length} records in: {report.Refused}");
            }
        }
    }

    private static async Task AnchoredAsync(
        BenchmarkMember school, Address learner, int records, CancellationToken cancellation)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (await CountAsync(school, learner, cancellation) < (ulong)records)
        {
            if (waited.Elapsed > AnchoringTimeout)
            {
                throw new BenchmarkException(
                    $"After {AnchoringTimeout.TotalSeconds:F0} s the node has not anchored {records} records.");
            }

            await Task.Delay(Between, cancellation);
        }
    }

    private static async Task<ulong> CountAsync(
        BenchmarkMember school, Address learner, CancellationToken cancellation)
    {
        try
        {
            LlpcView view = await school.Client.GetLlpcAsync(learner, Verb, cancellation);
            return view.Ranges.FirstOrDefault()?.Range.Count ?? 0;
        }
        catch (LedgerClientException none) when (none.Kind == ClientFailure.Refused)
        {
            return 0;
        }
    }

    private static Task DecideAsync(
        BenchmarkConsortium consortium,
        SigningKey[] signers,
        CancellationToken cancellation,
        params Operation[] operations) =>
        SchoolWorld.DecideAsync(consortium.ChainId, consortium.Members[0], signers, [operations], cancellation);

    private static string StatementOf(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"id":"7c0a9a7b-7f0d-4f5b-9a29-{{{number:x12}}}","timestamp":"2026-06-03T09:15:00Z",
         "actor":{"account":{"homePage":"{{{HomePage}}}","name":"{{{Student}}}"}},
         "verb":{"id":"{{{Verb}}}"},"object":{"id":"{{{HomePage}}}/course/view.php?id={{{number % 50}}}"}}
        """).ReplaceLineEndings(string.Empty);
}
