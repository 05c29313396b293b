const port: number = 8080;
send(`${port}`);
