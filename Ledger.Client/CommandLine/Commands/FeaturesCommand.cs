using System.CommandLine;
using Ledger.Client.Boxes;
using Ledger.Client.Features;
using Ledger.Client.Keys;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Features that a box computes over records which stay where they are.</summary>
internal static class FeaturesCommand
{
    /// <summary>Asks for features and verifies them.</summary>
    public static Command Create(CommandHost host)
    {
        BoxQueryOptions question = new();
        Option<string?> output = new("--out")
        {
            Description = "Save the packet, which verifies offline.", HelpName = "FILE",
        };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "features",
            "Asks an institution's box for features over a learner's records, which stay there, and verifies them.",
            "ledger record features 3f2a… passed --from kyoto-u.example --out alice.features",
            [.. question.All, output, genesis, checkpoint],
            async (session, cancellation) =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                BoxQuery query = await question.ReadAsync(session, cancellation).ConfigureAwait(false);
                using NamedBox named = await NamedBox
                    .OpenAsync(session, trust, query.Box, session.Get(question.Box), cancellation)
                    .ConfigureAwait(false);
                FeatureReading reading = await new BoxReader(session.Identity, trust, session.Time)
                    .ReadFeaturesAsync(
                        named.Client, named.Key, query with { IsForFeatures = true }, cancellation)
                    .ConfigureAwait(false);
                return Describe(reading, session.Get(output));
            });
    }

    /// <summary>Computes a packet's features anew over records.</summary>
    public static Command CreateRecount(CommandHost host)
    {
        Argument<string> packet = new("PACKET")
        {
            Description = "Features that were saved with: ledger record features --out",
        };
        Argument<string[]> records = new("RECORDS")
        {
            Description = "The same learner's records, saved with: ledger record read --out",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "recount",
            "Computes features anew over records, offline, and shows whether a box signed anything else.",
            "ledger record recount alice.features alice.records",
            [packet, records, genesis, checkpoint],
            session =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                return VerifyCommand.Describe(FeatureRecount.Run(
                    VerifyCommand.Load(session.Required(packet)),
                    [.. session.Required(records).Select(VerifyCommand.Load)],
                    trust));
            });
    }

    private static Answer Describe(FeatureReading reading, string? file)
    {
        Answer answer = VerifyCommand.Describe(reading.Report);
        if (file is not null)
        {
            AtomicFile.Write(file, reading.ProofFileBytes, overwrite: false);
            answer.Field("file", file);
        }

        return reading.Body is null
            ? answer.Note("The features are not shown because they do not verify. --out saves them for the complaint.")
            : answer;
    }
}
