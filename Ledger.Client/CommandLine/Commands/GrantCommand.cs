using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Grants rights: under a policy, and within limits that only the parties know.</summary>
internal static class GrantCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> verb = new("VERB") { Description = "IRI, code such as 0x34, or label." };
        Option<string> to = new("--to")
        {
            Description = "Who gets the right: address or domain.", HelpName = "GRANTEE", Required = true,
        };
        Option<string> rights = new("--rights")
        {
            Description = "Some of read, write, grant-read, grant-write, with commas.",
            DefaultValueFactory = static _ => "read",
        };
        Option<string?> until = new("--until") { Description = "Last day, or time in UTC.", HelpName = "DATE" };
        Option<string> learner = new("--learner")
        {
            Description = "Whose records.", DefaultValueFactory = static _ => "me",
        };
        Option<ulong> request = new("--request")
        {
            Description = "The request that this approves, by its number in the inbox.", HelpName = "NUMBER",
        };
        Option<ulong> parent = new("--parent") { Description = "The grant that you pass on.", HelpName = "NUMBER" };
        Option<string?> policy = new("--policy")
        {
            Description = "The policy that the grant obeys: its number, or number and version.", HelpName = "POLICY",
        };
        LimitsOptions limits = new();
        Option<string?> opening = new("--opening")
        {
            Description = "With limits: where to write what the grantee shows to a box, sealed to its key.",
            HelpName = "FILE",
        };
        LimitsKey above = new("--parent-opening", "With --parent: the opening of the limits of that grant.");
        Symbol[] symbols =
            [verb, to, rights, until, learner, parent, request, policy, .. limits.All, opening, .. above.All];
        return host.Verb(
            "grant",
            "Grants rights on the records of a verb. Limits stay off the ledger: the grantee gets them in a file.",
            "ledger access grant passed --to akita-u.example --rights read --until 2027-03-31 --policy 3 "
                + "--activity https://lms.example.org/course/2 --purpose advice --opening akita.limits",
            symbols,
            async (session, cancellation) =>
            {
                LlpcName llpc = new(
                    Parties.Read(session, session.Required(learner)), VerbResolver.Resolve(session.Required(verb)));
                Address grantee = await Parties.ReadInstitutionAsync(session, session.Required(to), cancellation)
                    .ConfigureAwait(false);
                Operation operation = Operations.LlpcGrant(
                    llpc.Learner,
                    llpc.Verb,
                    grantee,
                    RightsText.Read(session.Required(rights)),
                    session.Get(parent),
                    session.Get(until) is { } end ? Times.Read(end) : 0,
                    []);
                operation.LlpcGrant.Request = session.Get(request);
                GrantLimits? named = limits.Read(session);
                if (session.Get(policy) is { } chosen)
                {
                    operation.LlpcGrant.Policy = await ChooseAsync(session, chosen, named, cancellation)
                        .ConfigureAwait(false);
                }

                IReadOnlyList<LimitsOpening> inherited = await above.OpenAsync(session, llpc, cancellation)
                    .ConfigureAwait(false);
                await HandOverAsync(
                    session, llpc, operation.LlpcGrant, named, inherited, session.Get(opening), cancellation)
                    .ConfigureAwait(false);
                return await TransactionSender.SendAsync(session, cancellation, operation).ConfigureAwait(false);
            });
    }

    // The contract checks the public clauses; only here and at the box are the private ones known.
    private static async Task<PolicyName> ChooseAsync(
        Session session, string text, GrantLimits? limits, CancellationToken cancellation)
    {
        (PolicyName name, PolicyVersion policy) = await PolicyFinder.FindAsync(session, text, cancellation)
            .ConfigureAwait(false);
        return PrivateClauses.Violated(policy.Template, limits) is { } clause
            ? throw new CommandException(
                ExitCode.Refused,
                $"The limits violate the clause {clause} of policy {PolicyNames.Show(name)}. Look at it with: "
                    + $"ledger policy show {PolicyNames.Show(name)}")
            : name;
    }

    // The file is written first: a grant whose salt is lost gives nothing.
    private static async Task HandOverAsync(
        Session session,
        LlpcName llpc,
        LlpcGrant grant,
        GrantLimits? limits,
        IReadOnlyList<LimitsOpening> inherited,
        string? path,
        CancellationToken cancellation)
    {
        List<LimitsOpening> openings = [.. inherited];
        if (limits is not null)
        {
            openings.Insert(0, LimitsCommitment.Open(limits));
            grant.Limits = Google.Protobuf.ByteString.CopyFrom(LimitsCommitment.Of(openings[0]).ToArray());
        }

        if (openings.Count == 0)
        {
            return;
        }

        string target = path
            ?? throw CommandException.WrongUse("Say where the limits go for the grantee: --opening FILE.");
        Address grantee = new(grant.Grantee.Span);
        byte[] key = await FindKeyAsync(session, grantee, cancellation).ConfigureAwait(false);
        AtomicFile.Write(
            target, LimitsFile.Seal(session.ChainId, llpc, grantee, key, openings), overwrite: false);
    }

    private static async Task<byte[]> FindKeyAsync(Session session, Address owner, CancellationToken cancellation)
    {
        await foreach (StateItem<EncryptionKeyInstance> item in session.Client.ListInstancesAsync(
            StateKeys.Prefix(StateKind.EncryptionKey, owner), EncryptionKeyInstance.Parser, cancellation)
            .ConfigureAwait(false))
        {
            if (item.Value.Interval.ToHeight == 0)
            {
                return item.Value.PublicKey.ToByteArray();
            }
        }

        throw new CommandException(
            ExitCode.Refused, "The grantee has published no encryption key, so that limits cannot be sealed to it.");
    }
}
