namespace Ledger.CommandLine.Hosting;

/// <summary>Reads a password from the terminal without showing it.</summary>
internal static class HiddenPrompt
{
    private const int LengthMax = 1024;

    public static char[] Ask(string prompt)
    {
        Console.Error.Write(prompt);
        char[] typed = new char[LengthMax];
        int length = 0;
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key =
            Console.ReadKey(true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                length = Math.Max(0, length - 1);
            }
            else if (length < LengthMax && !char.IsControl(key.KeyChar))
            {
                typed[length++] = key.KeyChar;
            }
        }

        Console.Error.WriteLine();
        char[] password = typed[..length];
        Array.Clear(typed);
        return password;
    }
}
