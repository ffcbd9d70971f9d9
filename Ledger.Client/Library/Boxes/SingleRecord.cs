using Google.Protobuf;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Boxes;

/// <summary>
/// The receipt of one record: a bundle of it alone, cut out of a box's answer without asking anybody. It proves the
/// record as the whole did, and says nothing of what stood beside it.
/// </summary>
public static class SingleRecord
{
    /// <summary>
    /// A proof file for each returned record, with its writer, in the order of the bundle. Each is made when asked for:
    /// it repeats what the answer has once.
    /// </summary>
    public static IEnumerable<(ByteString Writer, ReleasedRecord Record, Func<byte[]> ProofFileBytes)> Receipts(
        RecordBundle bundle) =>
        bundle.Verbs.SelectMany(verb => verb.Writers.SelectMany(writer => writer.Records.Select(record =>
            (writer.Writer, record, (Func<byte[]>)(() =>
                new ProofFile { Records = Of(bundle, verb.Verb, writer, record) }.ToByteArray())))));

    private static RecordBundle Of(RecordBundle bundle, string verb, WriterRecords writer, ReleasedRecord record) =>
        new()
        {
            Version = bundle.Version,
            Membership = bundle.Membership,
            Block = bundle.Block,
            Learner = bundle.Learner,
            Verbs =
            {
                new VerbRecords
                {
                    Verb = verb,
                    Writers =
                    {
                        new WriterRecords
                        {
                            Writer = writer.Writer,
                            Range = writer.Range,
                            RangeProof = writer.RangeProof,
                            Records = { record },
                            FromIndex = record.Leaf.Index,
                            NextIndex = record.Leaf.Index + 1,
                        },
                    },
                },
            },
        };
}
