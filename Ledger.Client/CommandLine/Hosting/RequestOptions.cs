using System.CommandLine;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>What is asked for, as options of the commands that ask.</summary>
internal sealed class RequestOptions
{
    private readonly Option<string> rights = new("--rights")
    {
        Description = "Some of read, write, grant-read, grant-write, with commas.",
        DefaultValueFactory = static _ => "read",
    };

    private readonly Option<string?> policy = new("--policy")
    {
        Description = "The policy under which you ask: its number, or number and version.", HelpName = "POLICY",
    };

    private readonly Option<string?> purpose = new("--purpose")
    {
        Description = "What it is for, in words that the learner alone will see in its inbox; the ledger gets a salted "
            + "commitment, your node keeps the words.",
        HelpName = "WORDS",
    };

    private readonly Option<string?> commitment = new("--purpose-commitment")
    {
        Description = "Instead of --purpose: a commitment made elsewhere, 64 hexadecimal digits.", HelpName = "HEX",
    };

    private readonly Option<string?> institution = new("--for")
    {
        Description = "The institution in whose name you, of its staff, ask.", HelpName = "ADDRESS|DOMAIN",
    };

    /// <summary>The options, for a command to take.</summary>
    public Symbol[] Symbols => [rights, policy, purpose, commitment, institution];

    /// <summary>What they say.</summary>
    public async Task<RequestTerms> ReadAsync(Session session, CancellationToken cancellation)
    {
        if (session.Get(purpose) is not null && session.Get(commitment) is not null)
        {
            throw CommandException.WrongUse("Give either --purpose or --purpose-commitment.");
        }

        PolicyName? named = session.Get(policy) is { } text
            ? (await PolicyFinder.FindAsync(session, text, cancellation).ConfigureAwait(false)).Name
            : null;
        Address? school = session.Get(institution) is { } who
            ? await Parties.ReadInstitutionAsync(session, who, cancellation).ConfigureAwait(false)
            : null;
        return new RequestTerms(
            RightsText.Read(session.Required(rights)),
            named,
            session.Get(purpose),
            ReadCommitment(session.Get(commitment)),
            school);
    }

    private static byte[] ReadCommitment(string? hex)
    {
        if (hex is null)
        {
            return [];
        }

        return Hash256.TryParse(hex, out Hash256 read)
            ? read.ToArray()
            : throw CommandException.WrongUse("A commitment has 64 hexadecimal digits.");
    }
}
