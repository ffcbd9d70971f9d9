using System.Text;
using System.Text.Json;
using Ledger.Client.Profiles;

namespace Ledger.CommandLine.Hosting;

/// <summary>The name and password at a record store: from options, else from the profile.</summary>
internal static class StoreCredentials
{
    /// <summary>Throws <see cref="CommandException"/> when there are none.</summary>
    public static (string User, string Password) Read(Session session, string? user, string? passwordFile)
    {
        Profile profile = session.Profile;
        if (user is null && passwordFile is null && profile.LrsCredentials is { } both)
        {
            return ReadBoth(session.Profiles.Resolve(both));
        }

        string? name = user ?? profile.LrsUser;
        string? file =
            passwordFile ?? (
                profile.LrsPasswordFile is null ? null : session.Profiles.Resolve(profile.LrsPasswordFile));
        return name is not null && file is not null
            ? (name, File.ReadAllText(file, Encoding.UTF8).TrimEnd('\r', '\n'))
            : throw CommandException.WrongUse(
                "A name and password at the record store are needed: --lrs-user NAME --lrs-password-file FILE.");
    }

    private static (string User, string Password) ReadBoth(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            string? key = document.RootElement.GetProperty("key").GetString();
            string? secret = document.RootElement.GetProperty("secret").GetString();
            return key is not null && secret is not null ? (key, secret) : throw NoCredentials(path, null);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw NoCredentials(path, failure);
        }
    }

    private static CommandException NoCredentials(string path, Exception? failure) =>
        CommandException.WrongUse($"{path} holds no credentials: JSON with key and secret.", failure);
}
