using Ledger.Client.Keys;
using Ledger.Node.Configuration;

namespace Ledger.Node.Commands;

/// <summary>
/// Passwords come from a file that only its owner can read, or from a prompt; never from arguments or environment.
/// </summary>
public static class PasswordSource
{
    /// <summary>The password of an existing key file.</summary>
    public static Password Existing(string? file) => file is null ? Prompt("Password: ") : Password.FromFile(file);

    /// <summary>A new password, asked twice at the prompt.</summary>
    /// <exception cref="ConfigurationException">The two differ.</exception>
    public static Password New(string? file)
    {
        if (file is not null)
        {
            return Password.FromFile(file);
        }

        Password first = Prompt("New password: ");
        using Password second = Prompt("Again: ");
        if (first.Matches(second))
        {
            return first;
        }

        first.Dispose();
        throw new ConfigurationException("The two passwords differ; nothing was written.");
    }

    private static Password Prompt(string text)
    {
        if (Console.IsInputRedirected)
        {
            throw new ConfigurationException(
                "There is no terminal to ask for the password: give --password-file FILE.");
        }

        Console.Error.Write(text);
        List<char> typed = [];
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.RemoveRange(Math.Max(0, typed.Count - 1), Math.Min(1, typed.Count));
            }
            else
            {
                typed.Add(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return Password.FromCharacters([.. typed]);
    }
}
