using Ledger.Client.Keys;
using Ledger.Node.Keys;

namespace Ledger.Node.Tests.Keys;

/// <summary>A node's two files of secrets, made once and copied: a password is made costly to guess.</summary>
internal static class MadeSecrets
{
    public const string PasswordText = "correct horse";

    private static readonly Lazy<(byte[] Secrets, byte[] Identity)> Made = new(static () =>
    {
        string folder = Directory.CreateTempSubdirectory("made-secrets-").FullName;
        string secrets = Path.Combine(folder, "secrets.json");
        string identity = Path.Combine(folder, "identity.key");
        using Password password = Password.FromCharacters(PasswordText);
        NodeSecrets.Create(secrets, identity, "north.example", password, DateTimeOffset.UnixEpoch.AddYears(56));
        (byte[], byte[]) made = (File.ReadAllBytes(secrets), File.ReadAllBytes(identity));
        Directory.Delete(folder, recursive: true);
        return made;
    });

    public static void Write(string secrets, string identity)
    {
        AtomicFile.Write(secrets, Made.Value.Secrets, overwrite: false);
        AtomicFile.Write(identity, Made.Value.Identity, overwrite: false);
    }
}
