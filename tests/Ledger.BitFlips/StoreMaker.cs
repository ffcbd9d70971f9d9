using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;
using Ledger.Testing;

namespace Ledger.BitFlips;

/// <summary>
/// Makes a store as a validator makes it: for each block the three batches of proposal and prepare, of prepared
/// certificate and commit, and of the decided block, with real signatures of four validators; and at the end a block
/// that was voted on and not decided.
/// </summary>
public sealed class StoreMaker(Cast cast, string folder)
{
    private const int BlockMilliseconds = 10_000;
    private VoteState votes = VoteState.Empty;

    /// <summary>Writes a chain and closes the store.</summary>
    /// <param name="blocks">Decided blocks.</param>
    /// <param name="blocksPerSession">
    /// The store is closed and opened after so many, so that it has tables as well as a log.
    /// </param>
    public void Make(ulong blocks, ulong blocksPerSession)
    {
        ulong height = 0;
        while (height < blocks)
        {
            using LedgerDatabase database = LedgerDatabase.Open(folder);
            ChainState chain = ChainRecovery.Open(database, cast.GenesisBytes);
            for (ulong end = Math.Min(blocks, height + blocksPerSession); height < end; height++)
            {
                Decide(database, chain);
            }

            if (height == blocks)
            {
                Vote(database, Execute(database, chain));
                PutAside(database);
            }
        }
    }

    /// <summary>Decides one more block of an open store.</summary>
    public void Decide(LedgerDatabase database, ChainState chain)
    {
        ExecutedBlock executed = Execute(database, chain);
        Vote(database, executed);
        Certificate certificate = CertificateOf(executed.Block, VoteKind.Commit);
        using DatabaseBatch batch = database.NewBatch();
        new ChainWriter(database).Write(batch, executed, certificate);
        foreach ((byte[] key, byte[] _) in database.Scan(LedgerColumns.Consensus, [ConsensusStore.ItemKey]))
        {
            batch.Delete(LedgerColumns.Consensus, key);
        }

        database.Write(batch, synced: true);
        LedgerHead head = chain.Head;
        chain.Advance(
            new LedgerHead(
                executed.Block.Header, executed.Block.Hash, executed.Result.State, head.NextSet, head.NextEpoch, 0),
            executed);
    }

    private ExecutedBlock Execute(LedgerDatabase database, ChainState chain)
    {
        ulong height = chain.Head.Height + 1;
        long time = Cast.Time + ((long)height * BlockMilliseconds);
        return NextBlock.Of(database, chain, cast.ChainId, time, cast.ForBlock(height, time));
    }

    private void Vote(LedgerDatabase database, ExecutedBlock executed)
    {
        ProposalBlock block = executed.Block;
        Persist(database, executed, StoredItem.Proposal(0, block), VoteKind.Prepare);
        Persist(database, executed, StoredItem.Prepared(CertificateOf(block, VoteKind.Prepare)), VoteKind.Commit);
    }

    // One synced batch, as ConsensusStore.Persist writes it: what the vote rests on, the vote, and the vote state.
    private void Persist(LedgerDatabase database, ExecutedBlock executed, StoredItem item, VoteKind kind)
    {
        ProposalBlock block = executed.Block;
        ConsensusMessage.Vote message = new(block.Header.Epoch, block.Height, 0, kind, block.Hash);
        byte[] body = MessageCodec.Encode(message);
        Hash256 digest = MessageVerifier.DigestOf(cast.ChainId, body);
        SignedEnvelope envelope = SignedEnvelope.Of(
            cast.Identities[0].Address, body, cast.Votes[0].Sign(digest));
        ImmutableArray<VoteSlot> slots = votes.Height == block.Height ? votes.Slots : [];
        votes = (votes with
        {
            Height = block.Height,
            CommitSignedHeight = kind == VoteKind.Commit ? block.Height : votes.CommitSignedHeight,
            Slots = slots.Add(new VoteSlot(message.Kind, 0, digest)),
        }).Seal(out byte[] record);
        StoredItem own = new(
            StoredItemKind.OwnMessage, block.Height, 0, message.Kind, envelope.Encode(), null);
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Consensus, ConsensusStore.KeyOf(item), item.Bytes.ToArray());
        batch.Put(LedgerColumns.Consensus, ConsensusStore.KeyOf(own), own.Bytes.ToArray());
        batch.Put(LedgerColumns.Consensus, ConsensusStore.VoteStateKey, record);
        foreach (ParsedTransaction transaction in executed.Transactions)
        {
            batch.Put(LedgerColumns.Bodies, transaction.Leaf.ToArray(), transaction.SignedBytes.ToArray());
        }

        database.Write(batch, synced: true);
    }

    private void PutAside(LedgerDatabase database)
    {
        byte[] evidence = new EquivocationEvidence(Voted(1), Voted(2)).Encode();
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Evidence, EvidenceLog.KeyOf(evidence), evidence);
        batch.Put(LedgerColumns.Pairs, "https://moodle.example|ada"u8.ToArray(), new byte[Address.Size]);
        database.Write(batch, synced: true);
    }

    // What another validator signed for height 1; two of these are evidence against it.
    private SignedEnvelope Voted(byte block)
    {
        byte[] hash = new byte[Hash256.Size];
        hash[0] = block;
        byte[] body = MessageCodec.Encode(new ConsensusMessage.Vote(0, 1, 0, VoteKind.Prepare, new Hash256(hash)));
        return SignedEnvelope.Of(
            cast.Identities[1].Address, body, cast.Votes[1].Sign(MessageVerifier.DigestOf(cast.ChainId, body)));
    }

    private Certificate CertificateOf(ProposalBlock block, VoteKind kind)
    {
        ValidatorSet set = ValidatorSet.Of(cast.Identities.Zip(
            cast.Votes, static (identity, vote) => new Validator(identity.Address, vote.PublicKey)));
        byte[] body = MessageCodec.Encode(
            new ConsensusMessage.Vote(block.Header.Epoch, block.Height, 0, kind, block.Hash));
        Hash256 digest = MessageVerifier.DigestOf(cast.ChainId, body);
        CertificateVote[] signatures = [.. cast.Identities
            .Zip(cast.Votes, (identity, vote) =>
                new CertificateVote(set.IndexOf(identity.Address), vote.Sign(digest)))
            .OrderBy(static vote => vote.Validator)
            .Take(set.Quorum)];
        return new Certificate(
            kind, block.Header.Epoch, block.Height, 0, block.Hash, [.. signatures]);
    }
}
