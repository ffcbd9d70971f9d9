using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Hosting;

/// <summary>Files of limits that a grantor has sealed to the caller's encryption key, and that key.</summary>
internal sealed class LimitsKey(string optionName, string optionDescription)
{
    private readonly Option<string?> file = new(optionName) { Description = optionDescription, HelpName = "FILE" };

    private readonly Option<string?> key = new("--encryption-key")
    {
        Description = "Your encryption key's file, to which limits were sealed.", HelpName = "FILE",
    };

    private readonly Option<string?> password = new("--key-password-file")
    {
        Description = "Its password; else it is asked for.", HelpName = "PATH",
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All => [file, key, password];

    /// <summary>Whether a file was named.</summary>
    public bool IsGiven(Session session) => session.Get(file) is not null;

    /// <summary>The openings in the file that was named; none where none was.</summary>
    public async Task<IReadOnlyList<LimitsOpening>> OpenAsync(
        Session session, LlpcName llpc, CancellationToken cancellation)
    {
        if (session.Get(file) is not { } path)
        {
            return [];
        }

        string keyFile = session.Get(key)
            ?? throw CommandException.WrongUse("Name the key that opens the limits: --encryption-key FILE.");
        byte[] sealedLimits = await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        using Password secret = session.AskPassword(session.Get(password), $"Password of {keyFile}: ");
        using EncryptionKey encryption = KeyFile.OpenEncryptionKey(keyFile, secret);
        return LimitsFile.Open(session.ChainId, llpc, sealedLimits, encryption)
            ?? throw CommandException.WrongUse(
                $"{path} holds no limits for this learner and verb that this key opens.");
    }
}
