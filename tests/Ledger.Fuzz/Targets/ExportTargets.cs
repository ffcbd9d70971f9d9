using Google.Protobuf;
using Ledger.Client.Exports;
using Ledger.Client.Tests.Exports;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>
/// Files of everything about a learner: their bytes, and what a school or a learner that lies would sign.
/// </summary>
internal static class ExportTargets
{
    /// <summary>Around each input a whole file of a dozen parts is made, signed and verified.</summary>
    private const int AllocatedOfFile = 1024 * 1024;

    public static IEnumerable<FuzzTarget> All() => [Files(), Words(), Parts()];

    private static FuzzTarget Files() => Plain(
        "export-file",
        InputKind.Binary,
        [Draft().ToFile()],
        static bytes => Takes(bytes),
        new Decoder(typeof(ExportCheck), nameof(ExportCheck.Run)),
        new Decoder(typeof(ExportReader), nameof(ExportReader.Parts))) with { CostFactor = 8 };

    // The school signs whatever it says.
    private static FuzzTarget Words() => Plain(
        "export-word",
        InputKind.Protobuf,
        [.. Draft().Parts.Select(static part => part.Word).OfType<SchoolWord>()
            .Select(static word => word.Body.ToByteArray())],
        static body =>
        {
            ExportDraft draft = Draft();
            ExportPart part = draft.First(ExportPart.ContentOneofCase.Word);
            part.Word = new SchoolWord
            {
                Body = ByteString.CopyFrom(body),
                Signature = ByteString.CopyFrom(LedgerSamples.Chain.School.Sign(
                    ExportMessages.WordDigest(LedgerSamples.Chain.ChainId, body))),
            };
            return Takes(draft.ToFile());
        },
        new Decoder(typeof(ExportCheck), nameof(ExportCheck.Run))) with
        {
            CostFactor = 8, AllocatedFixed = AllocatedOfFile,
        };

    // The learner puts anything in the place of a part, and signs that.
    private static FuzzTarget Parts() => Plain(
        "export-part",
        InputKind.Protobuf,
        [.. Draft().Parts.Select(static part => part.ToByteArray())],
        static bytes =>
        {
            ExportPart changed;
            try
            {
                changed = ExportPart.Parser.ParseFrom(bytes);
            }
            catch (InvalidProtocolBufferException)
            {
                return false;
            }

            if (changed.ContentCase is ExportPart.ContentOneofCase.None or ExportPart.ContentOneofCase.End)
            {
                return false;
            }

            ExportDraft draft = Draft();
            int place = draft.Parts.FindIndex(part => part.ContentCase == changed.ContentCase);
            draft.Parts[place] = changed;
            return Takes(draft.ToFile());
        },
        new Decoder(typeof(ExportCheck), nameof(ExportCheck.Run))) with
        {
            CostFactor = 8, AllocatedFixed = AllocatedOfFile,
        };

    private static ExportDraft Draft() => new(LedgerSamples.Chain, LedgerSamples.Statements);

    private static bool Takes(byte[] file)
    {
        VerificationReport report = ExportCheck.Run(new MemoryStream(file), LedgerSamples.Trust);
        FuzzViolation.Unless(
            report.Verdict == Verdict.Failed == report.Export is null, "refused with findings, or taken without");
        if (report.Export is not { } found)
        {
            return false;
        }

        foreach (ExportedRange range in found.Ranges)
        {
            FuzzViolation.Unless(
                range.Returned + range.Erased + range.Unavailable <= range.Count,
                "more records than the ledger counts");
        }

        return true;
    }
}
