using Google.Protobuf;
using Ledger.Client.Corrections;
using Ledger.Client.Features;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>Features: what is read out of records, and packets that another school's box has signed.</summary>
internal static class FeatureTargets
{
    public static IEnumerable<FuzzTarget> All() =>
    [
        Traits("record-traits-xapi", RecordType.XapiStatement, [RecordSamples.Plain, RecordSamples.Full]),
        Traits("record-traits-caliper", RecordType.CaliperEvent, [RecordSamples.Caliper]),
        Corrections("record-correction-xapi", RecordType.XapiStatement, [RecordSamples.Full, RecordSamples.Correcting]),
        Corrections("record-correction-caliper", RecordType.CaliperEvent, [RecordSamples.Caliper]),
        Packets(),
    ];

    // What a record says of another one is the same by the whole record and by the slot that is shown of it.
    private static FuzzTarget Corrections(string name, RecordType type, IReadOnlyList<byte[]> samples) => Plain(
        name,
        InputKind.Json,
        samples,
        bytes => Takes<RecordFormatException>(() =>
        {
            RecordWord word = RecordCorrection.Of(type, 1, bytes);
            SlotProof shown = RecordCommitment.Prove(
                type, bytes, new byte[RecordCommitment.SaltBytes], [RecordCorrection.SlotOf(type)]).Single();
            string? inSlot = shown.Value is { } value ? RecordCorrection.InSlot(value.Span) : null;
            FuzzViolation.Unless(
                word.Corrects == (inSlot == word.Id ? null : inSlot), "the slot names another record than the whole");
            FuzzViolation.Unless(
                word.Corrects is null || RecordCorrection.MayCorrect(bytes), "what corrects was told not to");
        }),
        new Decoder(typeof(RecordCorrection), nameof(RecordCorrection.Of)));

    private static FuzzTarget Traits(string name, RecordType type, IReadOnlyList<byte[]> samples) => Plain(
        name,
        InputKind.Json,
        samples,
        bytes => Takes<RecordFormatException>(() =>
        {
            FeatureCounter counter = new(LedgerSamples.Chain.Head.TimeUnixMs);
            counter.Add(type, bytes);
            FuzzViolation.Unless(FeatureSums.Hold(counter.ToFeatures(), 1), "counted, but does not add up");
        }),
        new Decoder(typeof(RecordTraitsReader), nameof(RecordTraitsReader.Read)));

    private static FuzzTarget Packets() => Plain(
        "feature-packet",
        InputKind.Protobuf,
        [new ProofFile { Features = Packet() }.ToByteArray()],
        static bytes =>
        {
            VerificationReport report = ProofVerifier.Verify(bytes, LedgerSamples.Trust);
            FuzzViolation.Unless(
                report.Features is null || report.Verdict != Verdict.Failed, "failed, and its features are told");
            return report.Verdict == Verdict.Passed;
        },
        new Decoder(typeof(ProofVerifier), nameof(ProofVerifier.Verify))) with { CostFactor = 4 };

    private static FeaturePacket Packet()
    {
        Client.Tests.Verification.SmallChain chain = LedgerSamples.Chain;
        WriterRecords known = LedgerSamples.Bundle.Verbs[0].Writers[0];
        FeatureCounter counter = new(chain.Head.TimeUnixMs);
        foreach (ReleasedRecord record in known.Records)
        {
            counter.Add(RecordType.XapiStatement, record.Content.Span);
        }

        ByteString school = ByteString.CopyFrom(chain.School.Address.ToArray());
        byte[] body = new FeatureBody
        {
            ChainId = ByteString.CopyFrom(chain.ChainId.ToArray()),
            Box = school,
            Reader = school,
            Learner = LedgerSamples.Bundle.Learner,
            Request = ByteString.CopyFrom(new byte[Hash256.Size]),
            Height = chain.Head.Height,
            BlockHash = ByteString.CopyFrom(BlockHeader.HashOf(chain.HeadBytes).ToArray()),
            BlockTimeUnixMs = chain.Head.TimeUnixMs,
            Definition = FeatureDefinition.Version,
            Verbs =
            {
                new VerbFeatures
                {
                    Verb = Client.Tests.Verification.SmallChain.Verb,
                    Ranges =
                    {
                        new FeatureRange
                        {
                            Writer = known.Writer, Range = known.Range, RangeProof = known.RangeProof,
                            Counted = counter.Records, Withheld = known.Withheld,
                        },
                    },
                    Features = counter.ToFeatures(),
                },
            },
        }.ToByteArray();
        return new FeaturePacket
        {
            Version = ProofVerifier.Version,
            Body = ByteString.CopyFrom(body),
            Key = chain.Evidence(StateKeys.SigningKeys(chain.School.Address).At(1)),
            Signature = ByteString.CopyFrom(chain.School.Sign(FeatureMessages.Digest(chain.ChainId, body))),
        };
    }
}
