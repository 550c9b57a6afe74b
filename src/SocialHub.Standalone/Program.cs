System.Console.WriteLine("socialhub");
