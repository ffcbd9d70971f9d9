using Google.Protobuf;
using Ledger.Client.Verification;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;
using Ledger.Primitives;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>Transactions and what comes of them, the genesis document, the state, and proofs of it.</summary>
internal static class ContractTargets
{
    public static IEnumerable<FuzzTarget> All() =>
    [
        Signed(), Body(), GenesisDocument(), StateEntries(), StateProofTarget(), RangeProofTarget(), ListProofTarget(),
        Located(),
    ];

    private static FuzzTarget Signed() => Plain(
        "transaction",
        InputKind.Protobuf,
        [.. LedgerSamples.Calls().Chunk(5).Select(static calls => LedgerSamples.Transaction(calls).ToSignedBytes())],
        static bytes =>
        {
            TransactionReading reading = TransactionReader.Read(
                bytes, LedgerSamples.Chain.ChainId, TrustingVerifier.Instance);
            FuzzViolation.Unless(reading.IsRead == reading.Refusal is null, "read and refused, or neither");
            if (!reading.IsRead)
            {
                return false;
            }

            FuzzViolation.Unless(
                reading.Transaction.SignedBytes.Span.SequenceEqual(bytes)
                    && SignedTransaction.Parser.ParseFrom(bytes).ToByteArray().AsSpan().SequenceEqual(bytes),
                "taken, but not canonical");
            TransactionRules.Check(
                reading.Transaction, LedgerSamples.Genesis.State, 1, LedgerSamples.StartUnixMs + 1);
            return true;
        },
        new Decoder(typeof(TransactionReader), nameof(TransactionReader.Read)));

    // A member signs what it likes: a mutated body is put into canonical form, "signed", and executed.
    private static FuzzTarget Body() => Plain(
        "operations",
        InputKind.Protobuf,
        [
            .. LedgerSamples.Calls().Select(static call => LedgerSamples.Transaction(call).BodyBytes.ToArray()),
            LedgerSamples.Transaction(LedgerSamples.Calls()).BodyBytes.ToArray(),
        ],
        TakeBody,
        new Decoder(typeof(TransactionReader), nameof(TransactionReader.Read)));

    private static bool TakeBody(byte[] bytes)
    {
        if (TryParse(TransactionBody.Parser.WithDiscardUnknownFields(true), bytes) is not { } body)
        {
            return false;
        }

        SignedTransaction signed = new() { Body = body.ToByteString() };
        ByteString signature = ByteString.CopyFrom(new byte[TransactionLimits.SignatureBytes]);
        signed.Signatures.AddRange(Enumerable.Repeat(signature, body.Signers.Count));
        TransactionReading reading = TransactionReader.Read(
            signed.ToByteArray(), LedgerSamples.Chain.ChainId, TrustingVerifier.Instance);
        if (!reading.IsRead)
        {
            return false;
        }

        LedgerState parent = LedgerSamples.Genesis.State;
        Hash256 before = parent.Root;
        BlockContext context = new(
            1, LedgerSamples.StartUnixMs + 1, LedgerSamples.Chain.ChainId,
            RecentHeads.Of(0, LedgerSamples.Chain.ChainId));
        Hash256 first = BlockExecutor.Execute(parent, NoRecords.Instance, context, [reading.Transaction]).State.Root;
        Hash256 again = BlockExecutor.Execute(parent, NoRecords.Instance, context, [reading.Transaction]).State.Root;
        FuzzViolation.Unless(first == again, "executed twice, with two results");
        FuzzViolation.Unless(parent.Root == before, "the parent's state changed");
        return true;
    }

    private static FuzzTarget GenesisDocument() => Plain(
        "genesis",
        InputKind.Protobuf,
        [LedgerSamples.Chain.GenesisBytes],
        static bytes =>
        {
            bool trusted = TrustRoot.TryFromGenesis(bytes, out TrustRoot? root);
            try
            {
                Hash256 chainId = GenesisFile.Require(bytes);
                FuzzViolation.Unless(
                    Genesis.Parser.ParseFrom(bytes).ToByteArray().AsSpan().SequenceEqual(bytes),
                    "taken, but not canonical");
                FuzzViolation.Unless(
                    trusted && root!.ChainId == chainId, "a chain begins with it, but a verifier does not take it");
                return true;
            }
            catch (ConfigurationException)
            {
                FuzzViolation.Unless(!trusted, "a verifier takes it, but no chain begins with it");
                return false;
            }
        },
        new Decoder(typeof(GenesisState), nameof(GenesisState.Build)),
        new Decoder(typeof(GenesisFile), nameof(GenesisFile.Require)),
        new Decoder(typeof(TrustRoot), nameof(TrustRoot.TryFromGenesis)));

    private static FuzzTarget StateEntries() => Plain(
        "state-entries",
        InputKind.Protobuf,
        [
            new GrantInstance { Interval = new Interval { FromHeight = 1, EndUnixMs = 5 } }.ToByteArray(),
            new GrantInstance { Interval = new Interval { FromHeight = 1, ToHeight = 9 } }.ToByteArray(),
        ],
        static bytes =>
        {
            byte[] key = [(byte)StateKind.Grant, .. new byte[72]];
            return LedgerState.FromEntries([(key, bytes)]).Tree.TryGet(new StateKey(key.AsMemory()), out _);
        },
        new Decoder(typeof(LedgerState), nameof(LedgerState.FromEntries)));

    private static FuzzTarget StateProofTarget() => Parsed(
        "state-proof",
        StateEvidence.Parser,
        [LedgerSamples.Presence, LedgerSamples.Absence],
        static evidence =>
        {
            if (evidence.Key.IsEmpty || evidence.Proof is null)
            {
                return false;
            }

            StateKey key = new(evidence.Key.Memory);
            Hash256 root = RootOf(evidence.Block);
            bool present = StateProofs.VerifyPresence(root, key, evidence.Value.Span, evidence.Proof);
            bool absent = StateProofs.VerifyAbsence(root, key, evidence.Proof);
            FuzzViolation.Unless(!(present && absent), "both present and absent");
            return present || absent;
        },
        new Decoder(typeof(StateProofs), nameof(StateProofs.VerifyPresence)),
        new Decoder(typeof(StateProofs), nameof(StateProofs.VerifyAbsence)));

    private static FuzzTarget RangeProofTarget() => Parsed(
        "range-proof",
        WriterRecords.Parser,
        [LedgerSamples.Bundle.Writers[0]],
        static writer =>
        {
            bool holds = false;
            foreach (ReleasedRecord record in writer.Records)
            {
                holds |= writer.Range is not null && record.Proof is not null && record.Leaf?.Locator is not null
                    && RecordRanges.Verify(writer.Range, RangeLeaf.OfRecord(record.Leaf), record.Proof);
            }

            return holds;
        },
        new Decoder(typeof(RecordRanges), nameof(RecordRanges.Verify)));

    private static FuzzTarget ListProofTarget() => Parsed(
        "list-proof",
        ListProof.Parser,
        [ListProofs.Of(ConsensusSamples.Leaves.AsSpan(), 1), ListProofs.Of(ConsensusSamples.Leaves.AsSpan(), 2)],
        static proof => ConsensusSamples.Leaves.Any(leaf => ListProofs.Verify(
            ConsensusSamples.Block.Header.TransactionRoot, leaf, proof)),
        new Decoder(typeof(ListProofs), nameof(ListProofs.Verify)));

    private static Hash256 RootOf(CertifiedHeader? block) =>
        block is not null && Consensus.BlockHeader.TryDecode(block.Header.Span, out Consensus.BlockHeader? header)
            ? header.StateRoot
            : Hash256.Zero;

    private static FuzzTarget Located() => Plain(
        "anchored-record",
        InputKind.Binary,
        [[.. Enumerable.Range(0, AnchoredRecord.Size).Select(static at => (byte)at)]],
        static bytes =>
        {
            if (!AnchoredRecord.TryRead(bytes, out AnchoredRecord? read))
            {
                return false;
            }

            byte[] again = new byte[AnchoredRecord.Size];
            AnchoredRecord.Write(
                again, read.Learner, read.VerbHash, read.Height, read.Index, read.Commitment.ToArray());
            FuzzViolation.Unless(again.AsSpan().SequenceEqual(bytes), "taken, but written otherwise");
            return true;
        },
        new Decoder(typeof(AnchoredRecord), nameof(AnchoredRecord.TryRead)));
}
