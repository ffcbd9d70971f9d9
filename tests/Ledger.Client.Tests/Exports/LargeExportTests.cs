using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using Ledger.Client.Exports;
using Ledger.Client.Records;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Client.Tests.Exports;

/// <summary>A learner with very many records: a file is written and verified in the memory of some answers.</summary>
public sealed class LargeExportTests
{
    private const int InSuite = 10_000;
    private const int OnRequest = 100_000;
    private const int AtOnce = 1_000;

    /// <summary>Some answers of 1,000 small records, as bytes and as messages; the files have 8 and 85 MB.</summary>
    private const long LiveBytesMax = 24 * 1024 * 1024;

    private static readonly byte[] Salt = new byte[RecordCommitment.SaltBytes];

    [Test]
    public void Ten_thousand_records_are_verified_in_the_memory_of_some_answers() => Run(InSuite);

    [Test]
    [Explicit("Takes a minute: dotnet test … -- NUnit.Where=\"method =~ A_hundred_thousand\"")]
    public void A_hundred_thousand_records_are_verified_in_the_memory_of_some_answers() => Run(OnRequest);

    private static void Run(int count)
    {
        using SmallChain chain = new();
        chain.AnchorStatements(StatementOf(0));
        for (int from = 1; from < count; from += AtOnce)
        {
            chain.Decide([chain.School], Operations.LlpcInsert(
                chain.Learner.Address,
                SmallChain.Verb,
                Enumerable.Range(from, Math.Min(AtOnce, count - from)).Select(EntryOf)));
        }

        using FileStream file = new(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose,
        });
        Write(chain, count, file);
        file.Position = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        WatchedStream watched = new(file);
        VerificationReport report = ExportCheck.Run(watched, chain.Trust);
        TestContext.Out.WriteLine(
            $"{count} records in {file.Length / 1_000_000} MB; "
            + $"at most {(watched.LiveMax - before) / 1_000_000} MB in use");
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        Assert.That(report.Export!.Ranges.Single().Returned, Is.EqualTo(count));
        Assert.That(watched.LiveMax - before, Is.LessThan(LiveBytesMax));
    }

    // The parts that the draft has, with many answers in the place of one.
    private static void Write(SmallChain chain, int count, Stream file)
    {
        ExportDraft draft = new(chain, StatementOf(0));
        ExportWriter writer = new(file, chain.ChainId);
        foreach (ExportPart part in draft.Parts)
        {
            if (part.Records is null)
            {
                writer.Write(part);
                continue;
            }

            foreach (RecordBundle bundle in Bundles(chain, count))
            {
                ulong from = bundle.Verbs[0].Writers[0].FromIndex;
                writer.Write(new ExportPart { Records = draft.Answer(bundle, asked => asked.FromIndex = from) });
            }
        }

        writer.End([], body => chain.Learner.Sign(ExportMessages.EndDigest(chain.ChainId, body)));
    }

    private static IEnumerable<RecordBundle> Bundles(SmallChain chain, int count)
    {
        IReadOnlyList<RecordLeaf> leaves = chain.Leaves;
        RangeProver prover = new([.. leaves.Select(static leaf => leaf.LeafHash)]);
        for (int from = 0; from < count; from += AtOnce)
        {
            RecordBundle bundle = chain.Bundle();
            WriterRecords writer = bundle.Verbs[0].Writers[0];
            int until = Math.Min(from + AtOnce, count);
            writer.Withheld = 0;
            writer.FromIndex = (ulong)from;
            writer.NextIndex = (ulong)until;
            writer.Records.AddRange(Enumerable.Range(from, until - from).Select(place => new ReleasedRecord
            {
                Leaf = leaves[place],
                Proof = prover.Prove((ulong)place),
                Type = RecordTypeNames.Xapi,
                Content = ByteString.CopyFromUtf8(StatementOf(place)),
                Salt = ByteString.CopyFrom(Salt),
            }));
            yield return bundle;
        }
    }

    private static string StatementOf(int number) => SmallChain.AnyStatement.Replace(
        "000000000001", FormattableString.Invariant($"{number:D12}"), StringComparison.Ordinal);

    private static RecordEntry EntryOf(int number)
    {
        byte[] id = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(id, number);
        return new RecordEntry
        {
            Locator = new Locator
            {
                Lrs = 1, QueryTemplate = 1, KeyVersion = 1, HashedId = ByteString.CopyFrom(id),
            },
            Commitment = ByteString.CopyFrom(RecordCommitment.Compute(
                RecordType.XapiStatement, Encoding.UTF8.GetBytes(StatementOf(number)), Salt).ToArray()),
        };
    }

    private static string Text(VerificationReport report) => string.Join(
        '\n', report.Steps.Select(static step => $"{step.Verdict} {step.Name}: {step.Sentence}"));

    /// <summary>Looks, each megabyte, at how much memory is in use that cannot be given back.</summary>
    private sealed class WatchedStream(Stream inner) : Stream
    {
        private const long LookEach = 1024 * 1024;

        private long lookAt;

        public long LiveMax { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (inner.Position >= lookAt)
            {
                lookAt = inner.Position + LookEach;
                LiveMax = Math.Max(LiveMax, GC.GetTotalMemory(forceFullCollection: true));
            }

            return inner.Read(buffer, offset, count);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
