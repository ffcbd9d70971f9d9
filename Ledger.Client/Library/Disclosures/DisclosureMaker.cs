using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Disclosures;

/// <summary>
/// Makes a disclosure of records that the learner has read, without asking anybody: of each chosen record the slots
/// that are shown, with their own salts. The record's salt, from which the others follow, stays with the learner.
/// </summary>
public static class DisclosureMaker
{
    /// <summary>
    /// What a choice shows of a verified bundle: each verb and writer of which something is shown, or all of them where
    /// only counts are. Throws <see cref="FormatException"/> for a pointer that is no slot.
    /// </summary>
    public static IReadOnlyList<DisclosedRange> Choose(RecordBundle bundle, DisclosureChoice choice)
    {
        List<DisclosedRange> ranges = [];
        foreach (VerbRecords verb in bundle.Verbs)
        {
            foreach (WriterRecords writer in verb.Writers)
            {
                DisclosedRange range = new()
                {
                    Verb = verb.Verb,
                    Writer = writer.Writer,
                    Range = writer.Range,
                    RangeProof = writer.RangeProof,
                };
                if (!choice.IsCountsOnly)
                {
                    range.Records.AddRange(writer.Records
                        .OrderBy(static record => record.Leaf.Index)
                        .Select(record => Show(record, choice))
                        .OfType<DisclosedRecord>());
                }

                if (choice.IsCountsOnly || range.Records.Count > 0)
                {
                    ranges.Add(range);
                }
            }
        }

        return ranges;
    }

    /// <summary>
    /// The body that the learner signs. Throws <see cref="FormatException"/> where it is over a limit.
    /// </summary>
    public static DisclosureBody Draft(
        Hash256 chainId,
        RecordBundle bundle,
        DisclosureChoice choice,
        DisclosureTerms terms,
        DateTimeOffset now)
    {
        DisclosureBody body = new()
        {
            ChainId = chainId.ToField(),
            Learner = bundle.Learner,
            Random = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(DisclosureLimits.RandomBytes)),
            SignedUnixMs = now.ToUnixTimeMilliseconds(),
            EndsUnixMs = terms.Ends.ToUnixTimeMilliseconds(),
            Words = terms.Words,
            Node = terms.Node,
        };
        RequireKnown(bundle, choice);
        body.Ranges.AddRange(Choose(bundle, choice));
        return DisclosureForm.FaultOf(body, chainId) is { } fault
            ? throw new FormatException(fault)
            : body;
    }

    /// <summary>The disclosure as a proof file.</summary>
    /// <param name="chainId">The chain.</param>
    /// <param name="bundle">The bundle that the body was drafted of: its block proves the ranges.</param>
    /// <param name="body">What is shown.</param>
    /// <param name="key">That the ledger holds the signing key for the learner.</param>
    /// <param name="learner">The learner's signing key.</param>
    public static ProofFile Sign(
        Hash256 chainId, RecordBundle bundle, DisclosureBody body, StateEvidence key, SigningKey learner)
    {
        byte[] bytes = body.ToByteArray();
        return new ProofFile
        {
            Disclosure = new Disclosure
            {
                Version = ProofVerifier.Version,
                Membership = bundle.Membership,
                Block = bundle.Block,
                Body = UnsafeByteOperations.UnsafeWrap(bytes),
                Key = key,
                Signature = UnsafeByteOperations.UnsafeWrap(learner.Sign(DisclosureMessages.IdOf(chainId, bytes))),
            },
        };
    }

    // Whoever names a record wants it shown: a file without it would pass for one with it.
    private static void RequireKnown(RecordBundle bundle, DisclosureChoice choice)
    {
        if (choice.Ids.Count == 0)
        {
            return;
        }

        HashSet<string> known =
        [
            .. bundle.Verbs.SelectMany(static verb => verb.Writers).SelectMany(static writer => writer.Records)
                .Select(static record => CommittedRecord.Read(TypeOf(record), record.Content.Span).Id),
        ];
        if (choice.Ids.FirstOrDefault(id => !known.Contains(id)) is { } missing)
        {
            throw new FormatException($"There is no record {missing} among those that were read.");
        }
    }

    private static RecordType TypeOf(ReleasedRecord record) => RecordTypeNames.Find(record.Type)
        ?? throw new ArgumentException($"A verified record has a type, and {record.Type} is none.", nameof(record));

    private static DisclosedRecord? Show(ReleasedRecord record, DisclosureChoice choice)
    {
        RecordType type = TypeOf(record);
        if (choice.Choose(type, record.Content.Span, record.Salt.Span) is not { } shown)
        {
            return null;
        }

        DisclosedRecord disclosed = new() { Leaf = record.Leaf, Proof = record.Proof, Type = record.Type };
        disclosed.Slots.AddRange(shown.Select(DisclosedSlots.ToMessage));
        return disclosed;
    }
}
