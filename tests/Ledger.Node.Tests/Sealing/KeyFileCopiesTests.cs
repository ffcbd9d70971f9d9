using System.Text;
using Ledger.Node.Sealing;

namespace Ledger.Node.Tests.Sealing;

/// <summary>Copies of the keys: made under a node that runs, tried, and put back without losing newer keys.</summary>
public sealed class KeyFileCopiesTests
{
    private const string Anna = "https://lms.example.org|anna";
    private const string Bert = "https://lms.example.org|bert";

    private KeyFolder folder = null!;

    private string Copy => folder.File + ".copy";

    [SetUp]
    public void MakeFolder() => folder = new KeyFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void A_copy_is_made_while_keys_are_written_and_is_one_whole_file_for_its_owner()
    {
        using PersonKeys keys = folder.Open();
        keys.Prepare([Anna]);
        KeyFileFacts facts = KeyFileCopies.Copy(folder.File, Copy);
        keys.Prepare([Bert]);

        Assert.That(facts.Ids, Has.Count.EqualTo(2));
        Assert.That(facts.FileId, Is.EqualTo(keys.FileId));
        Assert.That(KeyFileCopies.Check(Copy, folder.Secret()).Ids, Is.EquivalentTo(facts.Ids));
        Assert.That(
            Directory.GetFiles(Path.GetDirectoryName(Copy)!)
                .Where(file => file.StartsWith(Copy, StringComparison.Ordinal)),
            Is.EqualTo(new[] { Copy }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(Copy), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.Throws<IOException>(() => KeyFileCopies.Copy(folder.File, Copy), "nothing is written over");
    }

    [Test]
    public void A_copy_of_another_secret_a_damaged_one_and_another_file_do_not_pass()
    {
        using (PersonKeys keys = folder.Open())
        {
            keys.Prepare([Anna]);
            KeyFileCopies.Copy(folder.File, Copy);
        }

        Assert.Throws<SealingKeysException>(() => KeyFileCopies.Check(Copy, folder.Secret(fill: 8)));
        KeyFolder.Change(Copy, "UPDATE keys SET wrapped = zeroblob(60)");
        Assert.Throws<SealDamagedException>(() => KeyFileCopies.Check(Copy, folder.Secret()));
        File.WriteAllText(Copy, "no file of keys");
        Assert.Throws<SealingKeysException>(() => KeyFileCopies.Check(Copy, folder.Secret()));
    }

    [Test]
    public void What_was_lost_is_put_back_and_opens_what_was_sealed()
    {
        byte[] value;
        using (PersonKeys keys = folder.Open())
        {
            value = keys.Seal(Anna, "row"u8, "content"u8);
            KeyFileCopies.Copy(folder.File, Copy);
        }

        File.Delete(folder.File);
        using (PersonKeys empty = folder.Open())
        {
            Assert.That(empty.Has(PersonKeys.KeyIdOf(value)), Is.False, "a new file has no key");
        }

        RestoredKeys done = KeyFileCopies.Restore(Copy, folder.File, folder.Secret(), new RememberedErasures());

        using PersonKeys restored = folder.Open();
        Assert.That(Encoding.UTF8.GetString(restored.Open("row"u8, value).Bytes), Is.EqualTo("content"));
        Assert.That(File.Exists(done.Aside));
        Assert.That(done.Added, Is.EqualTo(2));
    }

    [Test]
    public void A_log_that_a_kill_has_left_is_set_aside_and_not_read_into_the_restored_file()
    {
        using PersonKeys keys = folder.Open();
        byte[] value = keys.Seal(Anna, "row"u8, "content"u8);
        KeyFileCopies.Copy(folder.File, Copy);
        string killed;
        using (PersonKeys others = folder.Open(folder.File + ".others"))
        {
            others.Prepare([Anna, Bert]);
            killed = folder.CopyOfFiles() + ".others";
        }

        Assert.That(File.Exists(killed + "-wal"));
        string? aside = KeyFileCopies.Restore(Copy, killed, folder.Secret(), new RememberedErasures()).Aside;

        using PersonKeys restored = folder.Open(killed);
        Assert.That(restored.FileId, Is.EqualTo(keys.FileId));
        Assert.That(Encoding.UTF8.GetString(restored.Open("row"u8, value).Bytes), Is.EqualTo("content"));
        Assert.That(aside, Is.EqualTo(killed + ".replaced-1"));
    }

    [Test]
    public void A_file_of_yesterday_gets_the_keys_of_a_newer_copy_and_keeps_its_own()
    {
        byte[] ofAnna;
        byte[] ofBert;
        string yesterday;
        using (PersonKeys keys = folder.Open())
        {
            yesterday = folder.CopyOfFiles();
            ofAnna = keys.Seal(Anna, "row"u8, "anna"u8);
            ofBert = keys.Seal(Bert, "row"u8, "bert"u8);
            KeyFileCopies.Copy(folder.File, Copy);
        }

        byte[] since;
        using (PersonKeys older = folder.Open(yesterday))
        {
            since = older.Seal(Anna, "row"u8, "since"u8);
        }

        RememberedErasures erased = new();
        erased.NoteKeys([PersonKeys.KeyIdOf(ofBert)]);
        RestoredKeys done = KeyFileCopies.Restore(Copy, yesterday, folder.Secret(), erased);
        Assert.That(done, Is.EqualTo(new RestoredKeys(null, 1)), "one was erased");

        using PersonKeys restored = folder.Open(yesterday);
        restored.Follow(erased);
        Assert.That(Text(restored.Open("row"u8, ofAnna)), Is.EqualTo("anna"));
        Assert.That(Text(restored.Open("row"u8, since)), Is.EqualTo("since"));
        Assert.That(restored.Open("row"u8, ofBert).IsKeyErased);
        Assert.That(
            PersonKeys.KeyIdOf(restored.Seal(Anna, "row"u8, "now"u8)), Is.EqualTo(PersonKeys.KeyIdOf(since)),
            "one key seals");
    }

    [Test]
    public void A_damaged_key_is_put_back_and_newer_ones_stay()
    {
        byte[] ofAnna;
        byte[] ofBert;
        using (PersonKeys keys = folder.Open())
        {
            ofAnna = keys.Seal(Anna, "row"u8, "anna"u8);
            KeyFileCopies.Copy(folder.File, Copy);
            ofBert = keys.Seal(Bert, "row"u8, "bert"u8);
        }

        KeyFolder.Change(
            folder.File, "UPDATE keys SET wrapped = zeroblob(60) WHERE id = $id", ("$id", PersonKeys.KeyIdOf(ofAnna)));
        Assert.That(
            KeyFileCopies.Restore(Copy, folder.File, folder.Secret(), new RememberedErasures()),
            Is.EqualTo(new RestoredKeys(null, 1)));

        using PersonKeys restored = folder.Open();
        Assert.That(Text(restored.Open("row"u8, ofAnna)), Is.EqualTo("anna"));
        Assert.That(Text(restored.Open("row"u8, ofBert)), Is.EqualTo("bert"));
        Assert.That(
            PersonKeys.KeyIdOf(restored.Seal(Anna, "row"u8, "now"u8)), Is.EqualTo(PersonKeys.KeyIdOf(ofAnna)));
    }

    [Test]
    public void A_copy_with_a_damaged_key_changes_nothing()
    {
        using (PersonKeys keys = folder.Open())
        {
            keys.Prepare([Anna]);
            KeyFileCopies.Copy(folder.File, Copy);
        }

        KeyFolder.Change(Copy, "UPDATE keys SET wrapped = zeroblob(60)");
        byte[] before = File.ReadAllBytes(folder.File);
        Assert.Throws<SealDamagedException>(
            () => KeyFileCopies.Restore(Copy, folder.File, folder.Secret(), new RememberedErasures()));
        Assert.That(File.ReadAllBytes(folder.File), Is.EqualTo(before));
        Assert.That(
            Directory.GetFiles(Path.GetDirectoryName(folder.File)!), Has.None.Contains("restoring"));
    }

    private static string Text(OpenedContent opened) => Encoding.UTF8.GetString(opened.Bytes);
}
