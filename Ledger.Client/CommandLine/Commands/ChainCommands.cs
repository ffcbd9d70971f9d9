using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>The chain as a whole.</summary>
internal static class ChainCommands
{
    public static Command Create(CommandHost host) =>
        CommandHost.Noun("chain", "The chain as a whole.", Show(host), EventsCommand.Create(host), Checkpoint(host));

    private static Command Show(CommandHost host) => host.Verb(
        "show", "Shows the chain and its founders.", "ledger chain show", [], async (session, cancellation) =>
        {
            NodeStatus status = await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false);
            byte[] bytes = await session.OpenClient.GetGenesisAsync(cancellation).ConfigureAwait(false);
            if (TaggedHash.Of(Tags.Genesis, bytes) != session.ChainId
                || !CanonicalMessage.TryParse(Genesis.Parser, bytes, out Genesis? genesis))
            {
                throw new CommandException(
                    ExitCode.NotVerified, "The node's genesis document is not that of the profile's chain.");
            }

            return new Answer()
                .Field("chain id", session.ChainId.ToString())
                .Field("name", genesis.Name)
                .Field("began", Times.Show(genesis.TimeUnixMs))
                .Field("height", status.Height)
                .Field("head time", Times.Show(status.HeadTimeUnixMs))
                .Field("epoch", status.Epoch)
                .Field("validators", status.Validators)
                .Table("founders", ["name", "domain", "kind", "seat"],
                    genesis.Founders.Select(static founder => new object?[]
                {
                    founder.Name, founder.Domain, Names.Of(founder.Kind), !founder.VoteKey.IsEmpty,
                }));
        });

    private static Command Checkpoint(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "Where to write it." };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "checkpoint",
            "Verifies the newest block and writes it as a checkpoint, from which later proofs can be verified.",
            "ledger chain checkpoint today.checkpoint",
            [file, genesis, checkpoint],
            async (session, cancellation) =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                StateEvidence evidence = await session.Client.GetStateAsync(StateKeys.Roll.Raw, cancellation)
                    .ConfigureAwait(false);
                VerificationReport report =
                    ProofVerifier.Verify(new ProofFile { State = evidence }.ToByteArray(), trust);
                Answer answer = VerifyCommand.Describe(report);
                if (report.Verdict == Verdict.Passed)
                {
                    CheckpointFile.Write(
                        session.Required(file), trust.ChainId, evidence.Block.Header.Span, ReadSet(evidence),
                            overwrite: false);
                    answer.Field("file", session.Required(file));
                }

                return answer;
            });
    }

    /// <summary>The set after the block of verified evidence of the roll.</summary>
    private static byte[] ReadSet(StateEvidence evidence)
    {
        if (!evidence.Key.Span.SequenceEqual(StateKeys.Roll.Raw.Span)
            || !CanonicalMessage.TryParse(Roll.Parser, evidence.Value.Span, out Roll? roll))
        {
            throw new LedgerClientException(
                ClientFailure.NotVerified, "The node proved something else than the list of seats.");
        }

        byte[] set = ValidatorSet.Of(roll.Seats.Select(
            static seat =>
                new Consensus.Validator(
                    new Address(seat.Address.Span), new PublicKeyBytes(seat.VoteKey.Span)))).Encode();
        return BlockHeader.TryDecode(evidence.Block.Header.Span, out BlockHeader? header)
            && ValidatorSet.TryDecode(set, out ValidatorSet? decoded)
            && decoded.Hash == header.NextValidatorsHash
                ? set
                : throw new LedgerClientException(
                    ClientFailure.NotVerified, "The list of seats is not the set that the block names.");
    }
}
